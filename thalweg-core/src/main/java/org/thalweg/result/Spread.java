package org.thalweg.result;

import java.util.List;
import java.util.Locale;

/**
 * Mean and spread of one figure over pairs.
 *
 * @param mean arithmetic mean
 * @param sd population standard deviation (divided by n, as the published tables do), 0 for one pair
 * @param count n, at least 1
 */
public record Spread(double mean, double sd, int count) {
    /**
     * Returns mean and spread of {@code values}, summed in their order.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no value to take the mean of.");
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.size();
        double squares = 0; // two passes: sum of squares minus square of sum would cancel
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new Spread(mean, Math.sqrt(squares / values.size()), values.size());
    }

    /** Returns mean ± sd of a measure, as {@link Measure#text} has its values. */
    public String text(Measure measure) {
        return measure.isLoss() ? text(1, 4) : text(100, 2);
    }

    /** Returns mean ± sd times {@code factor}, to so many digits; of one value the mean alone, for it has no spread. */
    public String text(double factor, int digits) {
        String each = "%." + digits + "f";
        String text = String.format(Locale.ROOT, each, factor * mean);
        return count > 1 ? text + String.format(Locale.ROOT, "±" + each, factor * sd) : text;
    }
}
