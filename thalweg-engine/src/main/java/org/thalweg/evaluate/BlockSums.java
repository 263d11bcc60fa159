package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scoring.Score;
import org.thalweg.network.Architecture;

/**
 * Runs a measurement over blocks of examples of a fixed size and adds the scores in block order, so that the sums have the
 * same bits for any number of threads.
 */
final class BlockSums {
    private BlockSums() {}

    /** Measures examples {@code from} … {@code to}−1 and returns one score per position. */
    interface Measurement {
        Score[] measure(int from, int to);
    }

    static List<Score> over(
            Engine engine, Architecture architecture, Examples examples, int positions, Measurement measurement) {
        int block = Blocks.size(architecture);
        int blocks = (examples.count() + block - 1) / block;
        List<Score[]> parts = engine.inOrder(
                blocks, b -> measurement.measure(b * block, Math.min(examples.count(), (b + 1) * block)));
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
