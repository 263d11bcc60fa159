/** Programs of a dozen lines that show how the library is used. */
@NullMarked
package org.thalweg.examples;

import org.jspecify.annotations.NullMarked;
