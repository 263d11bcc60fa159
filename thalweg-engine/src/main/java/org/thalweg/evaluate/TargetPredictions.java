package org.thalweg.evaluate;

import java.util.List;
import org.thalweg.data.Examples;
import org.thalweg.data.TargetColumn;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;

/** What a network says of examples with real targets, and how far that lies from them. Immutable. */
public final class TargetPredictions {
    private final double[] outputs; // [N, c], as the network gives them
    private final Examples examples;
    private final double meanSquaredError;

    private TargetPredictions(double[] outputs, Examples examples, double meanSquaredError) {
        this.outputs = outputs;
        this.examples = examples;
        this.meanSquaredError = meanSquaredError;
    }

    /**
     * Runs a network over examples, on the engine's threads; the bits do not depend on their number. Keeps N · c numbers.
     *
     * @throws MismatchException if they have labels, or the network does not fit them
     * @throws NonFiniteLossException if the error is NaN or infinite
     */
    public static TargetPredictions of(Engine engine, Network network, Examples examples) {
        Architecture architecture = network.architecture();
        if (examples.loss().hasAccuracy()) {
            throw new MismatchException("predicting numbers needs real targets, but these examples have labels.");
        }
        if (!examples.suit(architecture.inputs(), architecture.outputs())) {
            throw MismatchException.ofData(
                    "the network " + architecture.text() + " does not fit data of " + examples.sizes() + ".");
        }
        double[] outputs = new double[examples.count() * examples.outputs()];
        double sum = engine.alone(() -> run(engine, network, examples, outputs));
        NonFiniteLossException.requireFinite(sum, "the network");
        return new TargetPredictions(outputs, examples, sum / examples.count());
    }

    /** Writes what the network gives to {@code outputs}, [N, c], and returns the sum of the examples' losses. */
    private static double run(Engine engine, Network network, Examples examples, double[] outputs) {
        Precision precision = network.weights().precision();
        int size = Blocks.size(network.architecture());
        int blocks = (examples.count() + size - 1) / size;
        try (Scope scope = Scope.open()) {
            DeviceNetwork loaded = DeviceNetwork.load(network.architecture(), network.weights());
            List<Double> losses = engine.inOrder(blocks, block -> {
                int from = block * size;
                int to = Math.min(examples.count(), from + size);
                DeviceTensor columns = loaded.logits(Blocks.inputs(examples, from, to, precision)); // [c, to−from]
                double[] rows = columns.transposed().copied().toDoubles(); // [to−from, c]
                System.arraycopy(rows, 0, outputs, from * examples.outputs(), rows.length);
                return Scoring.of(examples, from, to, precision).score(columns).loss();
            });
            return losses.stream().reduce(0.0, Double::sum); // in the order of blocks
        }
    }

    /** Returns N. */
    public int count() {
        return examples.count();
    }

    /** Returns what the targets are called and measured in. */
    public List<TargetColumn> targets() {
        return examples.targetColumns();
    }

    /** Returns what the network says of an example's target, in the units of the user's files. */
    public double predicted(int example, int target) {
        return targets().get(target).inOwnUnits(outputs[example * examples.outputs() + target]);
    }

    /** Returns an example's target itself, in the units of the user's files. */
    public double actual(int example, int target) {
        double[] row = new double[examples.outputs()];
        examples.copyTargets(example, row, 0);
        return targets().get(target).inOwnUnits(row[target]);
    }

    /** Returns the mean over examples and targets of (output − target)², as networks see both: the loss of the data. */
    public double meanSquaredError() {
        return meanSquaredError;
    }

    /** Returns the root of the mean over examples of (predicted − actual)² of one target, in the units of the user's files. */
    public double typicalError(int target) {
        double sum = 0;
        for (int i = 0; i < count(); i++) {
            double error = predicted(i, target) - actual(i, target);
            sum += error * error;
        }
        return Math.sqrt(sum / count());
    }
}
