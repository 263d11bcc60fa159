package org.thalweg.connect;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Precision;

/** Some of the training examples, in their order. Immutable and safe for use by many threads. */
final class Fold {
    /** One example of this many is held out. */
    static final int STRIDE = 6;

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

    /** Returns all examples. */
    static Fold all(Examples examples) {
        return new Fold(examples, IntStream.range(0, examples.count()).toArray());
    }

    /** Returns every sixth example, from the sixth on. */
    static Fold heldOut(Examples examples) {
        return new Fold(
                examples,
                IntStream.range(0, examples.count()).filter(Fold::isHeldOut).toArray());
    }

    /** Returns the examples that are not held out. */
    static Fold kept(Examples examples) {
        return new Fold(
                examples,
                IntStream.range(0, examples.count()).filter(i -> !isHeldOut(i)).toArray());
    }

    /** Returns N. */
    int count() {
        return indices.length;
    }

    /** Returns the labels of examples {@code from} … {@code to}−1 of this fold. */
    int[] labels(int from, int to) {
        return IntStream.range(from, to).map(i -> examples.label(indices[i])).toArray();
    }

    /** Returns the inputs of examples {@code from} … {@code to}−1 of this fold, [d, to−from]. */
    DeviceTensor inputs(int from, int to, Precision precision) {
        return Blocks.inputs(examples, Arrays.copyOfRange(indices, from, to), precision);
    }
}
