/**
 * The assignment problem: pair n rows with n columns at least total cost, exactly, with a certificate; and transport between
 * rows and columns that are not equally many.
 *
 * <p>Plain Java on primitive arrays; knows neither neurons nor networks. Main type:
 * {@link org.thalweg.assign.AssignmentSolver}.
 */
@NullMarked
package org.thalweg.assign;

import org.jspecify.annotations.NullMarked;
