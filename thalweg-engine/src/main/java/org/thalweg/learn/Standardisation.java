package org.thalweg.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.SymmetricMatrix;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/**
 * How neurons are centred and scaled before a map sees them, x = Vᵀ(θ − μ) / σ over the coordinates that vary, with the pooled
 * statistics of the training networks: V turns to principal axes where whitening is on, else it is left out. Coordinates whose
 * variance is below {@value #EPSILON} of the mean variance bypass the map and move on the straight line.
 *
 * <p>Linear and invertible: an arc in x is an arc in θ, so this alone changes no path, only what a map can learn easily.
 */
public final class Standardisation {
    /** Variance, relative to the mean one, below which a coordinate counts as constant: float32 keeps no more digits. */
    static final double EPSILON = 1e-10;

    /** No whitening. */
    static final Tensor NO_AXES = Tensor.owning(Shape.of(0, 0), new double[0]);

    private final Tensor mean; // [D]
    private final Tensor deviation; // [d], of the coordinates that vary, or of the principal axes
    private final int[] varying; // [d], ascending
    private final Tensor axes; // [d, d], a column each; [0, 0] without whitening

    private Standardisation(Tensor mean, Tensor deviation, int[] varying, Tensor axes) {
        this.mean = mean;
        this.deviation = deviation;
        this.varying = varying;
        this.axes = axes;
    }

    /**
     * Returns the statistics of pooled neurons.
     *
     * @param networks the neurons of each network, [dimension, n] row-major
     * @throws IllegalArgumentException if fewer than two coordinates vary
     */
    static Standardisation of(List<double[]> networks, int dimension, Whitening whitening) {
        double[] mean = new double[dimension];
        double[] variance = new double[dimension];
        long count = networks.stream()
                .mapToLong(columns -> columns.length / dimension)
                .sum();
        for (int i = 0; i < dimension; i++) {
            mean[i] = sum(networks, i, dimension, 0, 1) / count;
            variance[i] = sum(networks, i, dimension, mean[i], 2) / count;
        }
        double least = EPSILON * DoubleStream.of(variance).average().orElseThrow();
        int[] varying =
                IntStream.range(0, dimension).filter(i -> variance[i] > least).toArray();
        if (varying.length < 2) {
            throw new IllegalArgumentException(
                    "of the " + dimension + " coordinates of the training networks' neurons only " + varying.length
                            + " differ from neuron to neuron; such networks leave nothing to learn.");
        }
        Shape d = Shape.of(varying.length);
        Tensor deviations = Tensor.owning(
                d,
                IntStream.of(varying).mapToDouble(i -> Math.sqrt(variance[i])).toArray());
        Standardisation plain =
                new Standardisation(Tensor.owning(Shape.of(dimension), mean), deviations, varying, NO_AXES);
        return whitening == Whitening.PRINCIPAL_AXES ? plain.whitened(networks, count) : plain;
    }

    private static double sum(List<double[]> networks, int row, int dimension, double centre, int power) {
        double sum = 0;
        for (double[] columns : networks) {
            int n = columns.length / dimension;
            for (int i = 0; i < n; i++) {
                double value = columns[row * n + i] - centre;
                sum += power == 1 ? value : value * value;
            }
        }
        return sum;
    }

    private Standardisation whitened(List<double[]> networks, long count) {
        int d = varying.length;
        DeviceTensor covariance = DeviceTensor.zeros(Precision.FLOAT64, d, d);
        for (double[] columns : networks) {
            DeviceTensor centred = DeviceTensor.of(
                            columns,
                            mean.shape().elements(),
                            columns.length / mean.shape().elements())
                    .rows(varying)
                    .minus(column(meanOfVarying()));
            covariance.blendProduct(1, centred, centred.transposed());
        }
        SymmetricMatrix.Eigen eigen = new SymmetricMatrix(covariance.scaleInPlace(1.0 / count)).eigen();
        double[] values = eigen.values().toDoubles(); // ascending
        double least = EPSILON * values[d - 1]; // few neurons span few axes; a floor keeps the others invertible
        double[] deviations =
                Arrays.stream(values).map(v -> Math.sqrt(Math.max(v, least))).toArray();
        return new Standardisation(
                mean,
                Tensor.owning(Shape.of(d), deviations),
                varying,
                Tensor.owning(Shape.of(d, d), eigen.vectors().copied().toDoubles()));
    }

    /** Restores statistics from a file's tensors; IllegalArgumentException with a sentence if they do not fit. */
    static Standardisation of(Tensor mean, Tensor deviation, Tensor varying, Tensor axes) {
        int d = deviation.shape().elements();
        int[] indices = new int[varying.shape().elements()];
        boolean fits = indices.length == d
                && (axes.shape().elements() == 0 || axes.shape().equals(Shape.of(d, d)));
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) varying.get(i);
            fits &= indices[i] == varying.get(i)
                    && indices[i] < mean.shape().elements()
                    && indices[i] > (i == 0 ? -1 : indices[i - 1])
                    && deviation.get(i) > 0;
        }
        if (!fits) {
            throw new IllegalArgumentException("the statistics of its neurons do not fit each other.");
        }
        return new Standardisation(mean, deviation, indices, axes);
    }

    Tensor mean() {
        return mean;
    }

    Tensor deviation() {
        return deviation;
    }

    /** Returns the coordinates that vary, as a tensor of whole numbers. */
    Tensor varying() {
        return Tensor.owning(
                Shape.of(varying.length), IntStream.of(varying).asDoubleStream().toArray());
    }

    Tensor axes() {
        return axes;
    }

    private boolean turns() {
        return axes.shape().elements() > 0;
    }

    /** Returns how many coordinates a neuron has. */
    int neuron() {
        return mean.shape().elements();
    }

    /** Returns how many coordinates the map sees. */
    int dimension() {
        return varying.length;
    }

    private double[] meanOfVarying() {
        return IntStream.of(varying).mapToDouble(mean::get).toArray();
    }

    private static DeviceTensor column(double[] values) {
        return DeviceTensor.of(values, values.length, 1);
    }

    /** Returns log |det ∂x/∂θ| over the coordinates that vary. */
    double logDeterminant() {
        return -DoubleStream.of(deviation.toDoubles()).map(Math::log).sum();
    }

    /** Returns neurons [D, N] as the map sees them, [d, N]. */
    DeviceTensor standardised(DeviceTensor neurons) {
        Precision precision = neurons.precision();
        DeviceTensor centred =
                neurons.rows(varying).addInPlace(column(meanOfVarying()).to(precision), -1);
        DeviceTensor turned = turns() ? axesIn(precision).transposed().times(centred) : centred;
        return turned.scaleInPlace(inverseDeviation(precision));
    }

    private DeviceTensor axesIn(Precision precision) {
        return DeviceTensor.of(axes).to(precision);
    }

    private DeviceTensor deviationIn(Precision precision) {
        return DeviceTensor.of(deviation).to(precision).view(-1, 1);
    }

    private DeviceTensor inverseDeviation(Precision precision) {
        double[] inverse = deviation.toDoubles();
        Arrays.setAll(inverse, i -> 1 / inverse[i]);
        return column(inverse).to(precision);
    }

    /**
     * Returns standardised columns [d, N] as neurons [D, N].
     *
     * @param bypassing neurons from which the coordinates come that the map does not see
     */
    DeviceTensor restored(DeviceTensor x, DeviceTensor bypassing) {
        Precision precision = x.precision();
        DeviceTensor scaled = x.product(deviationIn(precision));
        DeviceTensor turned = (turns() ? axesIn(precision).times(scaled) : scaled)
                .addInPlace(column(meanOfVarying()).to(precision), 1);
        if (varying.length == neuron()) {
            return turned;
        }
        int[] order = new int[neuron()]; // of all rows: those of the map first, then those that bypass it
        int[] bypass = IntStream.range(0, neuron())
                .filter(i -> Arrays.binarySearch(varying, i) < 0)
                .toArray();
        System.arraycopy(varying, 0, order, 0, varying.length);
        System.arraycopy(bypass, 0, order, varying.length, bypass.length);
        return turned.atop(bypassing.rows(bypass))
                .rows(Permutation.of(order).inverse().toArray());
    }

    /** Returns the gradient of standardised columns where that of the neurons is {@code above}, [D, N] -> [d, N]. */
    DeviceTensor back(DeviceTensor above) {
        Precision precision = above.precision();
        DeviceTensor seen = above.rows(varying);
        DeviceTensor turned = turns() ? axesIn(precision).transposed().times(seen) : seen;
        return turned.scaleInPlace(deviationIn(precision));
    }
}
