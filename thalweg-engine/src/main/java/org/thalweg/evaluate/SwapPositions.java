package org.thalweg.evaluate;

import java.util.stream.IntStream;
import org.thalweg.path.ReorderLeg;

/**
 * Where a re-ordering leg is measured: at its ends and at s = ¼ and ½ of some of its swaps, or of all. Positions s and 1−s of a
 * swap hold the same set of units, so those beyond ½ repeat.
 *
 * @param swaps how many swaps the leg has
 * @param chosen how many of them are measured, evenly spread, at most {@code swaps}
 */
record SwapPositions(int swaps, int chosen) {
    /** Positions within a swap. */
    private static final double[] WITHIN = {0.25, 0.5};

    private static final double[] RELAY = {0, 0.5, 1};

    /** Returns at most {@code most} swaps of {@code swaps}. */
    static SwapPositions atMost(int most, int swaps) {
        return new SwapPositions(swaps, Math.min(most, swaps));
    }

    /** Returns where a re-ordering leg is measured, of its swaps at most {@code most}; in a relay the loss is the same everywhere. */
    static double[] of(ReorderLeg leg, int most) {
        return leg.reader().isPresent()
                ? RELAY.clone()
                : atMost(most, leg.swaps().size()).positions();
    }

    /** Returns which swap is measured as the {@code i}-th. */
    int swap(int i) {
        return (int) ((long) i * swaps / chosen);
    }

    /** Returns the positions within a swap. */
    static double[] within() {
        return WITHIN.clone();
    }

    /** Returns where the {@code j}-th position of the {@code i}-th measured swap stands among all. */
    static int index(int i, int j) {
        return 1 + WITHIN.length * i + j;
    }

    /** Returns the leg's positions, ascending, both ends included. */
    double[] positions() {
        double[] positions = new double[2 + WITHIN.length * chosen];
        IntStream.range(0, chosen).forEach(i -> {
            for (int j = 0; j < WITHIN.length; j++) {
                positions[index(i, j)] = (swap(i) + WITHIN[j]) / swaps;
            }
        });
        positions[positions.length - 1] = 1;
        return positions;
    }
}
