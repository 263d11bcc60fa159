/** Tests of the archive that users unpack. Not of the commands themselves: those are tested where they live. */
@NullMarked
package org.thalweg.dist;

import org.jspecify.annotations.NullMarked;
