package org.thalweg.connect;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scoring;
import org.thalweg.network.Precision;

/** Some of the training examples, in their order. Immutable and safe for use by many threads. */
final class Fold {
    /** One example of this many is held out. */
    static final int STRIDE = 6;

    /** Which examples a fold has. */
    enum Kind {
        /** All. */
        ALL,
        /** Those that are not held out. */
        KEPT,
        /** Every sixth, from the sixth on. */
        HELD_OUT;

        private boolean has(int index) {
            return this == ALL || isHeldOut(index) == (this == HELD_OUT);
        }
    }

    private final Examples examples;
    private final int[] indices;

    private Fold(Examples examples, int[] indices) {
        this.examples = examples;
        this.indices = indices;
    }

    /** Returns whether example {@code index} is held out: every sixth, from the sixth on. */
    static boolean isHeldOut(int index) {
        return index % STRIDE == STRIDE - 1;
    }

    /** Returns the examples of a kind. */
    static Fold of(Kind kind, Examples examples) {
        return of(kind, examples, 0);
    }

    /**
     * Returns the examples of a kind among a part of all.
     *
     * @param part neighbouring examples
     * @param first the place of the first of them among all
     */
    static Fold of(Kind kind, Examples part, int first) {
        return new Fold(
                part,
                IntStream.range(0, part.count())
                        .filter(i -> kind.has(first + i))
                        .toArray());
    }

    /** Returns evenly spread examples of this fold, all if there are no more than {@code most}. */
    Fold spread(int most) {
        int taken = Math.min(most, count());
        return new Fold(
                examples,
                IntStream.range(0, taken)
                        .map(i -> indices[(int) ((long) i * count() / taken)])
                        .toArray());
    }

    /** Returns N. */
    int count() {
        return indices.length;
    }

    /** Returns the scoring of examples {@code from} … {@code to}−1 of this fold, for outputs of this precision. */
    Scoring scoring(int from, int to, Precision precision) {
        return Scoring.of(examples, Arrays.copyOfRange(indices, from, to), precision);
    }

    /** Returns what a loss is judged small beside: 1 for classes; for real targets their variance, what a constant can do. */
    double lossUnit() {
        return examples.loss().hasAccuracy() ? 1 : variance();
    }

    /** Returns the mean over targets of their variance; 1 if they are constant, and any output layer can do as well. */
    private double variance() {
        int outputs = examples.outputs();
        double[] row = new double[outputs];
        double[] means = new double[outputs];
        for (int index : indices) {
            examples.copyTargets(index, row, 0);
            for (int c = 0; c < outputs; c++) {
                means[c] += row[c] / count();
            }
        }
        double squares = 0; // a pass of their own: sums of squares minus squares of sums would cancel
        for (int index : indices) {
            examples.copyTargets(index, row, 0);
            for (int c = 0; c < outputs; c++) {
                squares += (row[c] - means[c]) * (row[c] - means[c]);
            }
        }
        double variance = squares / count() / outputs;
        return variance > 0 ? variance : 1;
    }

    /** Returns the inputs of examples {@code from} … {@code to}−1 of this fold, [d, to−from]. */
    DeviceTensor inputs(int from, int to, Precision precision) {
        return Blocks.inputs(examples, Arrays.copyOfRange(indices, from, to), precision);
    }
}
