package org.thalweg.connect;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Few examples that stand for all: example j is chosen with probability π_j = min(1, s w_j), s such that about {@code most} are
 * chosen, and then counts w_j / π_j, so that sums over the chosen ones estimate sums over all. Systematic: one is chosen
 * whenever the running sum of π passes a whole number, so there is no random number to draw. O(N log N).
 */
final class CurvatureSample {
    private final int[] indices; // ascending
    private final double[] weights;

    private CurvatureSample(int[] indices, double[] weights) {
        this.indices = indices;
        this.weights = weights;
    }

    /**
     * Chooses among examples by weight.
     *
     * @param weights w, not negative
     * @param most about how many; all with a positive weight if there are no more than that
     */
    static CurvatureSample of(double[] weights, int most) {
        double scale = scale(weights, most);
        double sum = 0;
        int[] chosen = new int[weights.length];
        int count = 0;
        for (int j = 0; j < weights.length; j++) {
            if (weights[j] > 0) {
                double before = Math.floor(sum);
                double probability = Math.min(1, scale * weights[j]);
                sum += probability;
                if (probability == 1 || Math.floor(sum) > before) {
                    chosen[count++] = j;
                }
            }
        }
        int[] indices = Arrays.copyOf(chosen, count);
        double[] counts = IntStream.of(indices)
                .mapToDouble(j -> Math.max(weights[j], 1 / scale)) // w / min(1, s w)
                .toArray();
        return new CurvatureSample(indices, counts);
    }

    /** Returns s with Σ min(1, s w_j) = most; infinite if all positive weights can be chosen. */
    private static double scale(double[] weights, int most) {
        double[] ascending = Arrays.stream(weights).filter(w -> w > 0).sorted().toArray();
        if (ascending.length <= most) {
            return Double.POSITIVE_INFINITY;
        }
        double[] sums = ascending.clone(); // of the lightest: what is left beside those that are certain to be chosen
        for (int i = 1; i < sums.length; i++) {
            sums[i] += sums[i - 1];
        }
        int certain = 0;
        int last = ascending.length - 1;
        while (certain < most - 1 && ascending[last - certain] * (most - certain) > sums[last - certain]) {
            certain++;
        }
        return (most - certain) / sums[last - certain];
    }

    /** Returns the chosen examples, ascending; a copy. */
    int[] indices() {
        return indices.clone();
    }

    /** Returns how much each of them counts; a copy. */
    double[] weights() {
        return weights.clone();
    }
}
