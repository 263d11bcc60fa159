package org.thalweg.evaluate;

import java.util.List;
import java.util.Optional;
import org.thalweg.engine.Scoring.Score;
import org.thalweg.result.Measure;

/**
 * What one split measures on one leg: a score, summed over its examples, per sampled position.
 *
 * @param examples number of examples
 * @param scores one per position
 * @param exactAccuracy the least accuracy on the whole leg and where, if it is known exactly
 * @param exactLoss whether no position of the leg has a greater loss than the sampled ones
 */
record SplitProfile(int examples, List<Score> scores, Optional<At> exactAccuracy, boolean exactLoss) {
    /** A value at a position s of the leg. */
    record At(double s, double value) {}

    static SplitProfile sampled(int examples, List<Score> scores) {
        return new SplitProfile(examples, scores, Optional.empty(), false);
    }

    double loss(int index) {
        return scores.get(index).loss() / examples;
    }

    double accuracy(int index) {
        return (double) scores.get(index).right() / examples;
    }

    /** Returns loss or accuracy, whichever {@code measure} is, at a sampled position. */
    double value(Measure measure, int index) {
        return measure.isLoss() ? loss(index) : accuracy(index);
    }
}
