package org.thalweg.ensemble;

import org.thalweg.network.Averaging;

/**
 * The mean of members' outputs, example by example, in float64. Rows of C numbers, one per example, are changed in place, so
 * that each added member costs O(C) and nothing is kept of it.
 *
 * <pre>
 * probabilities: S_m = log Σ_i softmax(z_i),  log p = S_m − log m
 * logits:        S_m = Σ_i z_i,               log p = log softmax(S_m / m)
 * </pre>
 */
final class Mixture {
    private Mixture() {}

    /**
     * Adds a member's outputs to those of {@code before} others.
     *
     * @param sums S of one example, C numbers from {@code at} on
     * @param logits z of the member, C numbers, overwritten
     */
    static void add(Averaging averaging, double[] sums, int at, double[] logits, int before) {
        if (averaging == Averaging.PROBABILITIES) {
            logSoftmax(logits);
        }
        for (int c = 0; c < logits.length; c++) {
            double sum = sums[at + c];
            if (before == 0) {
                sums[at + c] = logits[c];
            } else if (averaging == Averaging.LOGITS) {
                sums[at + c] = sum + logits[c];
            } else {
                double greater = Math.max(sum, logits[c]);
                sums[at + c] = greater + Math.log1p(Math.exp(Math.min(sum, logits[c]) - greater));
            }
        }
    }

    /**
     * Adds a member's outputs for a block of examples, the first of which is example {@code first}.
     *
     * @param logits [classes, N]
     */
    static void addBlock(Averaging averaging, double[] sums, int first, double[] logits, int classes, int before) {
        for (int i = 0; i < logits.length / classes; i++) {
            add(averaging, sums, (first + i) * classes, row(logits, i, classes), before);
        }
    }

    /** Returns the outputs for example {@code index} of a block, [classes]. */
    static double[] row(double[] logits, int index, int classes) {
        double[] row = new double[classes];
        int width = logits.length / classes;
        for (int c = 0; c < classes; c++) {
            row[c] = logits[c * width + index];
        }
        return row;
    }

    /** Writes log p of one example of {@code members} members to the start of {@code out}. */
    static void logProbabilities(Averaging averaging, double[] sums, int at, int members, double[] out) {
        for (int c = 0; c < out.length; c++) {
            out[c] = averaging == Averaging.LOGITS ? sums[at + c] / members : sums[at + c] - Math.log(members);
        }
        if (averaging == Averaging.LOGITS) {
            logSoftmax(out);
        }
    }

    /**
     * Replaces z by log softmax(z), digits of small losses kept: with m = max z, of the class that has it −log1p(Σ' exp(z_j − m)),
     * the sum going over the other classes.
     */
    static void logSoftmax(double[] z) {
        int greatest = 0;
        for (int c = 1; c < z.length; c++) {
            greatest = z[c] > z[greatest] ? c : greatest;
        }
        double most = z[greatest];
        double others = 0;
        for (int c = 0; c < z.length; c++) {
            others += c == greatest ? 0 : Math.exp(z[c] - most);
        }
        double rest = Math.log1p(others);
        for (int c = 0; c < z.length; c++) {
            z[c] = z[c] - most - rest;
        }
    }
}
