package org.thalweg.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.thalweg.data.Augmentation;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Precision;

/**
 * One pass over the training examples, batch by batch, in an order of its own.
 *
 * @param train the examples
 * @param batch examples per step; the last step may have fewer
 * @param precision of the inputs
 * @param augmentation how examples are varied
 */
record Pass(Examples train, int batch, Precision precision, Augmentation augmentation) {
    /** Takes one step. */
    interface Step {
        /**
         * Returns the mean loss of the batch before the step.
         *
         * @param inputs [d, batch]
         * @param scoring of the batch
         * @param step counted from 1
         */
        double take(DeviceTensor inputs, Scoring scoring, int step);
    }

    /** Throws if the examples are not what the network takes. */
    static void requireFits(Architecture architecture, Examples train) {
        if (train.features() != architecture.inputs() || train.outputs() != architecture.outputs()) {
            throw MismatchException.ofData(
                    "the network " + architecture.text() + " does not fit data of " + train.sizes() + ".");
        }
    }

    /** Returns the number of steps of a pass. */
    int steps() {
        return (train.count() + batch - 1) / batch;
    }

    /** Runs the pass of one epoch, whose order and augmentation come from children of {@code seed}; returns the mean loss. */
    double run(Seed seed, int epoch, Step step) {
        int[] order = seed.child("epoch/" + epoch).shuffled(train.count());
        SplittableRandom variation = seed.child("augment/" + epoch).random();
        double sum = 0;
        for (int number = 1; number <= steps(); number++) {
            int from = (number - 1) * batch;
            int[] indices = Arrays.copyOfRange(order, from, Math.min(order.length, from + batch));
            try (Scope scope = Scope.open()) {
                DeviceTensor inputs = Blocks.inputs(train, indices, precision, augmentation, variation);
                double loss = step.take(inputs, Scoring.of(train, indices, precision), number);
                sum += loss * indices.length;
            }
        }
        return sum / order.length;
    }
}
