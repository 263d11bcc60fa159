package org.thalweg.result;

/**
 * The worst value of one measure on a leg or a path.
 *
 * @param value greatest loss or least accuracy
 * @param t the path's position where it was found
 * @param leg name of the leg
 * @param exact true if no point of the leg can be worse; false if it is the worst of the points that were sampled
 */
public record Worst(double value, double t, String leg, boolean exact) {}
