package org.thalweg.result;

import java.util.List;

/**
 * How the neurons of a hidden layer are distributed at one position of a curve; each neuron is one vector of everything that
 * belongs to it, incoming weights, bias and outgoing weights.
 *
 * @param s the position on the curve
 * @param meanNorm mean Euclidean length of the neurons
 * @param variance trace of their covariance
 * @param spectrum the greatest eigenvalues of their covariance, descending
 * @param distance sliced 2-Wasserstein distance, in the units of a neuron, to the neurons of both ends together
 */
public record NeuronPoint(double s, double meanNorm, double variance, List<Double> spectrum, double distance) {
    public NeuronPoint {
        spectrum = List.copyOf(spectrum);
    }
}
