package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.thalweg.data.Seed;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scope;
import org.thalweg.engine.SymmetricMatrix;

/**
 * The neurons of a network as a sample of a distribution: n vectors of length D. Needs an open {@link Scope}.
 *
 * @param neurons [n, D], float64
 */
record NeuronSample(DeviceTensor neurons) {
    /** The eigenvalues that are told; the iteration carries twice as many, so that these converge. */
    static final int EIGENVALUES = 16;

    /** Directions of the sliced distance: its standard error is then some hundredths. */
    static final int DIRECTIONS = 128;

    private static final int MOST_STEPS = 200;
    private static final double CONVERGED = 1e-6;
    private static final Seed SEED = new Seed(0).child("neurons");

    static NeuronSample of(double[] joint, int units) {
        return new NeuronSample(DeviceTensor.of(joint, units, joint.length / units));
    }

    private int size() {
        return neurons.extent(0);
    }

    private int length() {
        return neurons.extent(1);
    }

    double meanNorm() {
        double sum = 0;
        for (double squared : neurons.squared().sum(1).toDoubles()) {
            sum += Math.sqrt(squared);
        }
        return sum / size();
    }

    /** Returns the neurons less their mean. */
    private DeviceTensor centred() {
        DeviceTensor mean = neurons.sum(0).times(1.0 / size()); // [1, D]
        return neurons.minus(mean);
    }

    /** Returns the trace of the covariance. */
    double variance() {
        double sum = 0;
        for (double squared : centred().squared().sum(1).toDoubles()) {
            sum += squared;
        }
        return sum / size();
    }

    /**
     * Returns the greatest eigenvalues of the covariance, descending, by subspace iteration: a power of the covariance
     * applied to a block of vectors, kept orthonormal, until the eigenvalues rest. O(n D) per step and vector, where a full
     * decomposition takes O(D^3).
     */
    List<Double> spectrum() {
        int block = Math.min(2 * EIGENVALUES, Math.min(size(), length()));
        DeviceTensor x = centred();
        DeviceTensor basis = orthonormal(DeviceTensor.of(normal(length() * block), length(), block));
        double[] values = new double[0];
        for (int step = 0; step < MOST_STEPS; step++) {
            try (Scope scope = Scope.open()) {
                DeviceTensor image = x.times(basis); // [n, k]
                DeviceTensor covariance = image.transposed().times(image).times(1.0 / size());
                double[] now = new SymmetricMatrix(covariance)
                        .eigen()
                        .values()
                        .toDoubles(); // of the covariance within the subspace
                boolean rests = rests(values, now);
                values = now;
                if (rests) {
                    break;
                }
                basis = scope.keep(orthonormal(x.transposed().times(image)));
            }
        }
        List<Double> greatest = new ArrayList<>();
        for (int i = values.length - 1; i >= 0 && greatest.size() < EIGENVALUES; i--) {
            greatest.add(Math.max(0, values[i]));
        }
        return greatest;
    }

    private static boolean rests(double[] before, double[] now) {
        boolean rests = before.length == now.length;
        int told = Math.min(EIGENVALUES, now.length);
        for (int i = 1; rests && i <= told; i++) {
            int at = now.length - i;
            rests = Math.abs(now[at] - before[at]) <= CONVERGED * Math.abs(now[at]);
        }
        return rests;
    }

    /** Returns an orthonormal basis of the columns' span: Y E λ^(-1/2) with YᵀY = E λ Eᵀ; columns without length stay short. */
    private static DeviceTensor orthonormal(DeviceTensor y) {
        SymmetricMatrix.Eigen gram = new SymmetricMatrix(y.transposed().times(y)).eigen();
        double[] values = gram.values().toDoubles();
        int k = values.length;
        double[] scale = new double[k * k];
        double least = values[k - 1] * 1e-28; // below this a direction is rounding
        for (int i = 0; i < k; i++) {
            scale[i * k + i] = values[i] > least ? 1 / Math.sqrt(values[i]) : 0;
        }
        return y.times(gram.vectors().times(DeviceTensor.of(scale, k, k)));
    }

    private static double[] normal(int count) {
        SplittableRandom random = SEED.random();
        double[] values = new double[count];
        Arrays.setAll(values, i -> random.nextGaussian());
        return values;
    }

    /** Returns the neurons' sorted projections on fixed random directions, a row per direction. */
    double[][] projections() {
        double[] directions = normal(length() * DIRECTIONS);
        for (int k = 0; k < DIRECTIONS; k++) {
            double squared = 0;
            for (int i = 0; i < length(); i++) {
                squared += directions[k * length() + i] * directions[k * length() + i];
            }
            for (int i = 0; i < length(); i++) {
                directions[k * length() + i] /= Math.sqrt(squared);
            }
        }
        double[] all = DeviceTensor.of(directions, DIRECTIONS, length())
                .times(neurons.transposed())
                .toDoubles(); // [K, n]
        double[][] sorted = new double[DIRECTIONS][];
        for (int k = 0; k < DIRECTIONS; k++) {
            sorted[k] = Arrays.copyOfRange(all, k * size(), (k + 1) * size());
            Arrays.sort(sorted[k]);
        }
        return sorted;
    }

    /**
     * Returns the sliced 2-Wasserstein distance from n neurons to 2n, both given by their sorted projections: the root mean
     * square over directions of the distance between equal quantiles, times √D, so that a shift counts with its length.
     */
    static double distance(double[][] sample, double[][] doubled, int length) {
        double sum = 0;
        for (int k = 0; k < sample.length; k++) {
            int n = sample[k].length;
            for (int i = 0; i < n; i++) {
                for (int half = 0; half < 2; half++) {
                    double difference = sample[k][i] - doubled[k][2 * i + half];
                    sum += difference * difference / (2 * n);
                }
            }
        }
        return Math.sqrt(sum / sample.length * length);
    }
}
