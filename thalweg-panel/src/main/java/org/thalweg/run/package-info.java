/**
 * Results as files: the JSON of a measured path, run folders that can be resumed.
 *
 * <p>Decides nothing about what to run. Main type: {@link org.thalweg.run.RunFolder}.
 */
@NullMarked
package org.thalweg.run;

import org.jspecify.annotations.NullMarked;
