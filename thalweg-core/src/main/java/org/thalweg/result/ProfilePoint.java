package org.thalweg.result;

/**
 * What was measured at one position of a path.
 *
 * @param t the path's position in [0, 1]
 * @param leg name of the leg
 * @param measures loss and accuracy there
 */
public record ProfilePoint(double t, String leg, Measures measures) {}
