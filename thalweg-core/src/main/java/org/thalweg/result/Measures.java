package org.thalweg.result;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What was measured at one point: two losses, and two accuracies where there are such.
 *
 * @param loss which loss; it says which measures there are
 * @param values of each measure of that loss
 */
public record Measures(Loss loss, Map<Measure, Double> values) {
    /**
     * Checks that these are the measures of that loss.
     *
     * @throws IllegalArgumentException if one is missing or there are others
     */
    public Measures {
        if (!values.keySet().equals(loss.measures())) {
            throw new IllegalArgumentException(
                    values.keySet() + " were measured but " + loss.text() + " has " + loss.measures() + ".");
        }
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /**
     * Creates the measures of a classification.
     *
     * @param trainLoss mean cross-entropy per training example, natural log
     * @param trainAccuracy fraction of training examples whose label's logit is greater than every other
     * @param testLoss as trainLoss, on the test examples
     * @param testAccuracy as trainAccuracy, on the test examples
     */
    public Measures(double trainLoss, double trainAccuracy, double testLoss, double testAccuracy) {
        this(
                Loss.CROSS_ENTROPY,
                Map.of(
                        Measure.TRAIN_LOSS, trainLoss,
                        Measure.TRAIN_ACCURACY, trainAccuracy,
                        Measure.TEST_LOSS, testLoss,
                        Measure.TEST_ACCURACY, testAccuracy));
    }

    /**
     * Returns the value of one measure.
     *
     * @throws IllegalArgumentException if this loss has no such measure
     */
    public double get(Measure measure) {
        return Optional.ofNullable(values.get(measure)).orElseThrow(() -> absent(measure, loss));
    }

    static IllegalArgumentException absent(Measure measure, Loss loss) {
        return new IllegalArgumentException(loss.text() + " has no " + measure.key() + ".");
    }

    /** Returns the loss on the training examples. */
    public double trainLoss() {
        return get(Measure.TRAIN_LOSS);
    }

    /** Returns the accuracy on the training examples; throws as {@link #get} does. */
    public double trainAccuracy() {
        return get(Measure.TRAIN_ACCURACY);
    }

    /** Returns the loss on the test examples. */
    public double testLoss() {
        return get(Measure.TEST_LOSS);
    }

    /** Returns the accuracy on the test examples; throws as {@link #get} does. */
    public double testAccuracy() {
        return get(Measure.TEST_ACCURACY);
    }

    /** Returns measures filled in by {@code value}. */
    public static Measures of(Loss loss, ToDoubleFunction<Measure> value) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        loss.measures().forEach(measure -> values.put(measure, value.applyAsDouble(measure)));
        return new Measures(loss, values);
    }
}
