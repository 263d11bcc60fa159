package org.thalweg.result;

/**
 * How good predictions are.
 *
 * @param accuracy fraction of the examples that are right: whose label has a greater probability than every other class
 * @param loss mean negative natural logarithm of the label's probability
 * @param calibrationError expected calibration error over 15 bins of equal width, in [0, 1]
 */
public record PredictionScore(double accuracy, double loss, double calibrationError) {}
