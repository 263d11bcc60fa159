package org.thalweg.engine;

import org.thalweg.data.Examples;
import org.thalweg.network.Precision;

/**
 * Real targets y of a block of N examples, scored by factor · Σ (z − y)² over an example's outputs z: convex in them, and
 * equally curved everywhere.
 */
public final class SquaredError implements Scoring {
    private final DeviceTensor targets; // [c, N]
    private final double factor;

    SquaredError(DeviceTensor targets, double factor) {
        this.targets = targets;
        this.factor = factor;
    }

    /** Returns the mean squared error of these examples' outputs: factor 1/c. */
    static SquaredError of(Examples examples, int[] indices, Precision precision) {
        int outputs = examples.outputs();
        double[] values = new double[indices.length * outputs];
        for (int i = 0; i < indices.length; i++) {
            examples.copyTargets(indices[i], values, i * outputs);
        }
        DeviceTensor rows = DeviceTensor.of(values, indices.length, outputs).to(precision);
        return new SquaredError(rows.transposed().copied(), 1.0 / outputs); // [N, c] -> [c, N]
    }

    /** Returns the second derivative of an example's loss in each of its outputs: 2 · factor. */
    public double curvature() {
        return 2 * factor;
    }

    @Override
    public int count() {
        return targets.extent(1);
    }

    @Override
    public Score score(DeviceTensor outputs) {
        DeviceTensor squares = outputs.minus(targets).squared().to(Precision.FLOAT64);
        return new Score(factor * squares.sum(0).sum(1).toDoubles()[0], 0);
    }

    @Override
    public Score[] scoreInPlace(DeviceTensor outputs) {
        Score[] scores = new Score[outputs.extent(0)];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(outputs.narrow(0, i, 1).view(outputs.extent(1), -1));
        }
        return scores;
    }

    @Override
    public DeviceTensor gradient(DeviceTensor outputs) {
        return outputs.minus(targets).scaleInPlace(curvature());
    }

    @Override
    public SquaredError squared(int outputs, Precision precision) {
        return this;
    }
}
