package org.thalweg.evaluate;

import java.util.Arrays;

/**
 * The least number of right examples where logits move on straight lines, z(s) = (1−s) z(0) + s z(1), exactly.
 *
 * <p>An example is right where every d_j(s) = z_y(s) − z_j(s) is positive; each d_j is affine, so that is one open interval
 * of s, found by c−1 divisions. Sorting the intervals' ends gives the count everywhere. O(N (c + log N)).
 */
final class IntervalCount {
    private final double[] opens; // per example; -1 if right from the start, 2 if never
    private final double[] closes; // 2 if right to the end

    IntervalCount(int examples) {
        opens = new double[examples];
        closes = new double[examples];
    }

    /**
     * Sets one example's interval.
     *
     * @param start logits at s = 0 of a block of examples, [c, block]
     * @param end logits at s = 1
     * @param column the example's place in the block
     */
    void set(int example, double[] start, double[] end, int column, int block, int label) {
        double open = -1;
        double close = 2;
        for (int row = 0; row < start.length / block; row++) {
            if (row != label) {
                double d0 = start[label * block + column] - start[row * block + column];
                double d1 = end[label * block + column] - end[row * block + column];
                boolean greaterAtStart = d0 > 0; // of NaN neither, and the interval found with it is empty
                boolean greaterAtEnd = d1 > 0;
                if (!greaterAtStart && !greaterAtEnd) {
                    open = 2;
                } else if (!greaterAtStart) {
                    open = Math.max(open, d0 / (d0 - d1));
                } else if (!greaterAtEnd) {
                    close = Math.min(close, d0 / (d0 - d1));
                }
            }
        }
        opens[example] = open < close ? open : 2;
        closes[example] = open < close ? close : 2;
    }

    /** Returns the least fraction of right examples on [0, 1] and the first s where it is taken. */
    SplitProfile.At least() {
        double[] starts = opens.clone();
        double[] ends = closes.clone();
        Arrays.sort(starts);
        Arrays.sort(ends);
        // At s the right ones have opened before s and not closed at or before s: intervals are open.
        int least = Integer.MAX_VALUE;
        double where = 0;
        int opened = 0;
        int closed = 0;
        for (int next = -1; next <= ends.length; next++) {
            double s = next < 0 ? 0 : next == ends.length ? 1 : ends[next];
            if (s < 0 || s > 1) {
                continue; // the count falls only where an interval closes, so its least is there or at s = 0
            }
            while (opened < starts.length && starts[opened] < s) {
                opened++;
            }
            while (closed < ends.length && ends[closed] <= s) {
                closed++;
            }
            if (opened - closed < least) {
                least = opened - closed;
                where = s;
            }
        }
        return new SplitProfile.At(where, (double) least / opens.length);
    }
}
