package org.thalweg.engine;

import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * What layers use while they are trained: threads, and noise.
 *
 * <p>One network on several threads: a layer's heavy work is divided into pieces by shapes alone, dense products by
 * {@link Rows} of their result, convolutions by shards of the mini-batch, whose gradients are added in order. Layers that look
 * at all examples at once, as batch norm does, see them all.
 *
 * @param engine whose threads to use
 * @param noise where dropout draws its masks from, layer by layer
 */
record TrainingStep(Engine engine, SplittableRandom noise) {
    /** Runs {@code work} for 0 … count−1, side by side as far as the engine has threads to spare. */
    void each(int count, IntConsumer work) {
        if (count == 1) {
            work.accept(0); // nothing to hand out, and most layers are small
            return;
        }
        engine.inOrder(count, i -> {
            work.accept(i);
            return i;
        });
    }
}
