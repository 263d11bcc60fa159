package org.thalweg.result;

import java.util.function.ToDoubleFunction;

/**
 * The four measures at one point.
 *
 * @param trainLoss mean cross-entropy per training example, natural log
 * @param trainAccuracy fraction of training examples whose label's logit is greater than every other
 * @param testLoss as trainLoss, on the test examples
 * @param testAccuracy as trainAccuracy, on the test examples
 */
public record Measures(double trainLoss, double trainAccuracy, double testLoss, double testAccuracy) {
    /** Returns the value of one measure. */
    public double get(Measure measure) {
        return switch (measure) {
            case TRAIN_LOSS -> trainLoss;
            case TRAIN_ACCURACY -> trainAccuracy;
            case TEST_LOSS -> testLoss;
            case TEST_ACCURACY -> testAccuracy;
        };
    }

    /** Returns measures filled in by {@code value}. */
    public static Measures of(ToDoubleFunction<Measure> value) {
        return new Measures(
                value.applyAsDouble(Measure.TRAIN_LOSS),
                value.applyAsDouble(Measure.TRAIN_ACCURACY),
                value.applyAsDouble(Measure.TEST_LOSS),
                value.applyAsDouble(Measure.TEST_ACCURACY));
    }
}
