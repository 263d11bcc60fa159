package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Logits.Score;
import org.thalweg.network.Architecture;
import org.thalweg.network.Shape;

/**
 * Runs a measurement over blocks of examples of a fixed size and adds the scores in block order, so that the sums have the
 * same bits for any number of threads.
 */
final class BlockSums {
    /**
     * Most examples per block: the values of 2000 units at 256 examples take 2 MB, which stays in cache while all positions of
     * the leg are measured on it.
     */
    static final int BLOCK = 256;

    private static final int LEAST = 16;

    /** Values that one layer of images may have per block, 16 MB in float32: 64 examples of VGG16 on 32x32. */
    private static final int VALUES = 1 << 22;

    private BlockSums() {}

    /** Measures examples {@code from} … {@code to}−1 and returns one score per position. */
    interface Measurement {
        Score[] measure(int from, int to);
    }

    /** Returns how many examples of a network are measured together: fewer where its layers make large images. */
    private static int block(Architecture architecture) {
        int most = 1;
        for (int position = 0; position <= architecture.layers().size(); position++) {
            Shape shape = architecture.shapeBefore(position);
            most = Math.max(most, shape.rank() == 3 ? shape.elements() : 1);
        }
        return Math.max(LEAST, Math.min(BLOCK, VALUES / most));
    }

    static List<Score> over(
            Engine engine, Architecture architecture, Examples examples, int positions, Measurement measurement) {
        int block = block(architecture);
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
