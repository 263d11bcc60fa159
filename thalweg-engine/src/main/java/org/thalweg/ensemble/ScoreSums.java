package org.thalweg.ensemble;

import org.thalweg.result.PredictionScore;

/**
 * What predictions scored so far; sums of blocks add up in their order. Mutable, one thread.
 *
 * <p>Expected calibration error (Guo et al. 2017, arXiv:1706.04599): Σ_b |B_b|/N · |acc(B_b) − conf(B_b)| over 15 bins of equal
 * width, bin b holding the predictions whose greatest probability lies in ((b−1)/15, b/15].
 */
final class ScoreSums {
    private static final int BINS = 15;

    private long count;
    private double loss;
    private long right;
    private final double[] confidence = new double[BINS];
    private final long[] rightInBin = new long[BINS];

    /**
     * Adds one prediction.
     *
     * @param logProbabilities of the classes
     */
    void add(double[] logProbabilities, int label) {
        double own = logProbabilities[label];
        double greatest = Double.NEGATIVE_INFINITY;
        boolean isRight = true;
        for (int c = 0; c < logProbabilities.length; c++) {
            double value = logProbabilities[c];
            greatest = Math.max(greatest, value);
            isRight &= c == label || own > value; // what cannot decide is wrong, not lucky, as in Logits
        }
        double p = Math.exp(greatest);
        int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(p * BINS) - 1));
        count++;
        loss -= own;
        confidence[bin] += p;
        if (isRight) {
            right++;
            rightInBin[bin]++;
        }
    }

    /** Adds those of a later block. */
    void add(ScoreSums block) {
        count += block.count;
        loss += block.loss;
        right += block.right;
        for (int b = 0; b < BINS; b++) {
            confidence[b] += block.confidence[b];
            rightInBin[b] += block.rightInBin[b];
        }
    }

    /** Returns the means. */
    PredictionScore score() {
        double error = 0;
        for (int b = 0; b < BINS; b++) {
            error += Math.abs(rightInBin[b] - confidence[b]);
        }
        return new PredictionScore((double) right / count, loss / count, error / count);
    }
}
