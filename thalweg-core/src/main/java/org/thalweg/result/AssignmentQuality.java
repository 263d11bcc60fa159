package org.thalweg.result;

/**
 * How the units of two networks were matched.
 *
 * @param cost sum of the squared distances of matched neurons
 * @param dualityGap upper bound on how far the cost can be above the optimum, by dual potentials
 */
public record AssignmentQuality(double cost, double dualityGap) {}
