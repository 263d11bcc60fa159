package org.thalweg.result;

/**
 * How long a path is, over all weights.
 *
 * @param value sum of the Euclidean steps between sampled points; of a re-ordering leg, of its swaps
 * @param ratio value divided by the distance of the ends; 1 for a straight line and for equal ends
 */
public record PathLength(double value, double ratio) {}
