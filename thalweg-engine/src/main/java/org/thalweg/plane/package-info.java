/**
 * Planes through three networks: loss and accuracy on a grid, a path projected on it.
 *
 * <p>Evaluates nothing itself: a row of the grid is a straight path. Main type: {@link org.thalweg.plane.Plane}.
 */
@NullMarked
package org.thalweg.plane;

import org.jspecify.annotations.NullMarked;
