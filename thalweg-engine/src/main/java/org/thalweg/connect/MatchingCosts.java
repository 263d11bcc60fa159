package org.thalweg.connect;

import org.thalweg.assign.CostMatrix;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scope;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

/**
 * The costs of matching each neuron of A (rows) with each neuron of B (columns).
 *
 * <p>Formed in float64 by one product, C = a + b − 2 Θ_A Θ_Bᵀ, n² D multiply-adds: in float32 the cancellation of the three
 * terms would let rounding decide between near ties.
 */
final class MatchingCosts {
    private MatchingCosts() {}

    static CostMatrix of(Transition layers, Weights a, Weights b, ConnectContext context) {
        return switch (context.settings().groundCost()) {
            case WEIGHTS -> squaredDistances(layers.joint(a), layers.size(), layers.joint(b), layers.size());
            case BALANCED ->
                squaredDistances(
                        balanced(layers, layers.joint(a)),
                        layers.size(),
                        balanced(layers, layers.joint(b)),
                        layers.size());
            case ACTIVATIONS -> decorrelations(layers, a, layers, b, context.trainFor("ground cost 'activations'"));
        };
    }

    /** Returns |x_i − y_j|² of rows x_i of {@code a}, [n, D], and y_j of {@code b}, [m, D]. */
    static CostMatrix squaredDistances(double[] a, int n, double[] b, int m) {
        try (Scope scope = Scope.open()) {
            DeviceTensor left = DeviceTensor.of(a, n, a.length / n); // [n, D]
            DeviceTensor right = DeviceTensor.of(b, m, b.length / m); // [m, D]
            DeviceTensor costs = left.times(right.transposed()).scaleInPlace(-2); // [n, D] x [D, m] -> [n, m]
            costs.addInPlace(left.squared().sum(1), 1); // [n, 1]
            costs.addInPlace(right.squared().sum(1).transposed(), 1); // [1, m]
            return CostMatrix.owning(n, m, costs.toDoubles());
        }
    }

    // (b, l, c) -> (s b, s l, c / s) with s = sqrt(|c| / |(b, l)|), so that both parts have the norm sqrt(|(b, l)| |c|)
    /** Rescales joint vectors, in place, as {@link GroundCost#BALANCED} says, and returns them. */
    static double[] balanced(Transition layers, double[] neurons) {
        if (layers.own().size() > (layers.layer().layer().bias() ? 2 : 1)) {
            throw new IllegalArgumentException("ground cost 'balanced' is for units without norms, but layer "
                    + layers.layer().name() + " has one; use weights or activations.");
        }
        int length = layers.length();
        int incoming = length - layers.outgoing();
        for (int from = 0; from < neurons.length; from += length) {
            double in = norm(neurons, from, incoming);
            double out = norm(neurons, from + incoming, length - incoming);
            double s = in == 0 || out == 0 ? 1 : Math.sqrt(out / in);
            for (int i = 0; i < length; i++) {
                neurons[from + i] *= i < incoming ? s : 1 / s;
            }
        }
        return neurons;
    }

    private static double norm(double[] values, int from, int length) {
        double sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += values[i] * values[i];
        }
        return Math.sqrt(sum);
    }

    /** How many examples the correlations are taken over: their error is about 1/√8192, far below the differences. */
    private static final int ACTIVATION_EXAMPLES = 8192;

    /**
     * Returns 1 − correlation of the units of a layer of {@code a} and one of {@code b}, which may have other numbers of units.
     */
    static CostMatrix decorrelations(Transition layersOfA, Weights a, Transition layersOfB, Weights b, Examples train) {
        long values = Math.max(widest(layersOfA), widest(layersOfB));
        int count = (int) Math.min(train.count(), Math.max(1, Math.min(ACTIVATION_EXAMPLES, MOST_VALUES / values)));
        try (Scope scope = Scope.open()) {
            Examples some = train.first(count);
            DeviceTensor left = standardised(layersOfA, a, some); // [n, N]
            DeviceTensor right = standardised(layersOfB, b, some); // [m, N]
            DeviceTensor costs = left.times(right.transposed()).scaleInPlace(-1).shiftInPlace(1);
            return CostMatrix.owning(layersOfA.size(), layersOfB.size(), costs.toDoubles());
        }
    }

    /** Returns how many values the widest layer makes of an example. */
    private static long widest(Transition layers) {
        long values = 1;
        for (int position = 0; position <= layers.next().position(); position++) {
            values =
                    Math.max(values, layers.architecture().shapeBefore(position).elements());
        }
        return values;
    }

    /** Returns each unit's activations less their mean, divided by their norm; zeros for a constant unit. */
    private static DeviceTensor standardised(Transition layers, Weights weights, Examples examples) {
        DeviceTensor active = activations(layers, weights, examples).to(Precision.FLOAT64); // [n, N]
        double[] raw = active.squared().sum(1).toDoubles();
        active.addInPlace(active.sum(1), -1.0 / active.extent(1));
        double[] squares = active.squared().sum(1).toDoubles();
        double[] factors = new double[squares.length];
        for (int i = 0; i < factors.length; i++) {
            boolean constant = squares[i] <= CONSTANT * raw[i]; // what is left is the rounding of the mean
            factors[i] = constant ? 0 : 1 / Math.sqrt(squares[i]);
        }
        return active.scaleInPlace(DeviceTensor.of(factors, factors.length, 1));
    }

    /** Returns what layer k+1 reads of each unit, [n, N], every place of an image counted. */
    private static DeviceTensor activations(Transition layers, Weights weights, Examples examples) {
        DeviceTensor inputs = Blocks.inputs(examples, 0, examples.count(), weights.precision());
        int next = layers.next().position();
        DeviceTensor read =
                DeviceNetwork.load(0, next, layers.architecture(), weights).run(0, next, inputs);
        return layers.architecture().shapeBefore(next).rank() == 3
                ? read.channelRows()
                : read.reshaped(layers.size(), -1); // behind a flatten a unit owns neighbouring features
    }

    /** The widest layer of all examples at once takes half a gigabyte in float64. */
    private static final long MOST_VALUES = 1L << 26;

    private static final double CONSTANT = 1e-20;
}
