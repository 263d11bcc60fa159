package org.thalweg.train;

import java.util.ArrayList;
import java.util.List;

/** Mean loss of mini-batches over equal parts of [0, 1]. */
final class LossProfile {
    /** Of 469 steps of an epoch of MNIST some 29 fall in each part: their mean has a few per cent of noise. */
    private static final int PARTS = 16;

    private final double[] sums = new double[PARTS];
    private final int[] counts = new int[PARTS];

    void add(double t, double loss) {
        int part = Math.min((int) (t * PARTS), PARTS - 1);
        sums[part] += loss;
        counts[part]++;
    }

    /** Returns the mean of each part; NaN where nothing was added. */
    List<Double> means() {
        List<Double> means = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            means.add(sums[part] / counts[part]);
        }
        return means;
    }
}
