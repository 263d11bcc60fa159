/**
 * Paths between networks as finite, saved objects: legs, their controls and coefficient functions of t.
 *
 * <p>A path knows the weights at each t and nothing of data, losses or how it was found. Main type:
 * {@link org.thalweg.path.Path}.
 */
@NullMarked
package org.thalweg.path;

import org.jspecify.annotations.NullMarked;
