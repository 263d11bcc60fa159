/**
 * The front door for programs that use Thalweg as a library.
 *
 * <p>Everything behind it can be used directly as well. Main type: {@link org.thalweg.Thalweg}.
 */
@NullMarked
package org.thalweg;

import org.jspecify.annotations.NullMarked;
