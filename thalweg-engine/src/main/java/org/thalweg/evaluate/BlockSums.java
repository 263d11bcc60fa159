package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Logits.Score;

/**
 * Runs a measurement over blocks of examples of a fixed size and adds the scores in block order, so that the sums have the
 * same bits for any number of threads.
 */
final class BlockSums {
    /**
     * Examples per block: the values of 2000 units at 256 examples take 2 MB, which stays in cache while all positions of the
     * leg are measured on it.
     */
    static final int BLOCK = 256;

    private BlockSums() {}

    /** Measures examples {@code from} … {@code to}−1 and returns one score per position. */
    interface Measurement {
        Score[] measure(int from, int to);
    }

    static List<Score> over(Engine engine, Examples examples, int positions, Measurement measurement) {
        int blocks = (examples.count() + BLOCK - 1) / BLOCK;
        List<Score[]> parts = engine.inOrder(
                blocks, b -> measurement.measure(b * BLOCK, Math.min(examples.count(), (b + 1) * BLOCK)));
        Score[] sums = new Score[positions];
        Arrays.fill(sums, new Score(0, 0));
        for (Score[] part : parts) {
            for (int i = 0; i < positions; i++) {
                sums[i] = sums[i].plus(part[i]);
            }
        }
        return new ArrayList<>(Arrays.asList(sums));
    }
}
