/**
 * What all formats of weight files share: element types, entries, and the sentence that says what is wrong with a file.
 *
 * <p>Nothing here knows a particular format. Main type: {@link org.thalweg.checkpoint.format.TensorArchive}.
 */
@NullMarked
package org.thalweg.checkpoint.format;

import org.jspecify.annotations.NullMarked;
