package org.thalweg.train;

import org.thalweg.network.Weights;

/**
 * Where a training stands after a whole number of epochs: all that is needed to go on.
 *
 * @param epoch epochs done, 0 at the start
 * @param weights the weights
 * @param velocities the momentum's velocities, same names and shapes
 */
public record TrainingState(int epoch, Weights weights, Weights velocities) {}
