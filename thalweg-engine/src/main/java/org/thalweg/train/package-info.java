/**
 * Training from a seed: recipe, schedule, stochastic gradient descent that can be interrupted and resumed.
 *
 * <p>Writes no files and prints nothing: states and progress go to a listener. Main type: {@link org.thalweg.train.Trainer}.
 */
@NullMarked
package org.thalweg.train;

import org.jspecify.annotations.NullMarked;
