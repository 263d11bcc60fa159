package org.thalweg.result;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The worst of each measure on a leg or a path.
 *
 * @param loss which loss; it says which measures there are
 * @param values of each measure of that loss
 */
public record WorstMeasures(Loss loss, Map<Measure, Worst> values) {
    /**
     * Checks that these are the measures of that loss.
     *
     * @throws IllegalArgumentException if one is missing or there are others
     */
    public WorstMeasures {
        if (!values.keySet().equals(loss.measures())) {
            throw new IllegalArgumentException(
                    values.keySet() + " were measured but " + loss.text() + " has " + loss.measures() + ".");
        }
        values = Collections.unmodifiableMap(new EnumMap<>(values));
    }

    /**
     * Returns the worst of one measure.
     *
     * @throws IllegalArgumentException if this loss has no such measure
     */
    public Worst get(Measure measure) {
        return Optional.ofNullable(values.get(measure)).orElseThrow(() -> Measures.absent(measure, loss));
    }

    /** Returns the greatest loss on the training examples. */
    public Worst trainLoss() {
        return get(Measure.TRAIN_LOSS);
    }

    /** Returns the least accuracy on the training examples; throws as {@link #get} does. */
    public Worst trainAccuracy() {
        return get(Measure.TRAIN_ACCURACY);
    }

    /** Returns the greatest loss on the test examples. */
    public Worst testLoss() {
        return get(Measure.TEST_LOSS);
    }

    /** Returns the least accuracy on the test examples; throws as {@link #get} does. */
    public Worst testAccuracy() {
        return get(Measure.TEST_ACCURACY);
    }

    /** Returns the values alone. */
    public Measures measures() {
        return Measures.of(loss, measure -> get(measure).value());
    }

    /** Returns the worst filled in measure by measure. */
    public static WorstMeasures of(Loss loss, Function<Measure, Worst> worst) {
        Map<Measure, Worst> values = new EnumMap<>(Measure.class);
        loss.measures().forEach(measure -> values.put(measure, worst.apply(measure)));
        return new WorstMeasures(loss, values);
    }

    /** Returns the worst of sampled points, the earliest of equal ones; not exact. */
    public static WorstMeasures sampled(List<ProfilePoint> points) {
        return of(points.get(0).measures().loss(), measure -> {
            ProfilePoint worst = points.get(0);
            for (ProfilePoint point : points) {
                if (measure.excess(
                                point.measures().get(measure), worst.measures().get(measure))
                        > 0) {
                    worst = point;
                }
            }
            return new Worst(worst.measures().get(measure), worst.t(), worst.leg(), false);
        });
    }

    /**
     * Returns the worst over all legs, the earliest of equal ones. A figure of the whole path is exact only if it is exact
     * on every leg.
     */
    public static WorstMeasures over(List<WorstMeasures> legs) {
        return of(legs.get(0).loss(), measure -> {
            Worst worst = legs.get(0).get(measure);
            boolean exact = true;
            for (WorstMeasures leg : legs) {
                Worst candidate = leg.get(measure);
                exact &= candidate.exact();
                if (measure.excess(candidate.value(), worst.value()) > 0) {
                    worst = candidate;
                }
            }
            return new Worst(worst.value(), worst.t(), worst.leg(), exact);
        });
    }
}
