package org.thalweg.result;

import java.util.List;
import java.util.function.Function;

/** The worst of each measure on a leg or a path. */
public record WorstMeasures(Worst trainLoss, Worst trainAccuracy, Worst testLoss, Worst testAccuracy) {
    /** Returns the worst of one measure. */
    public Worst get(Measure measure) {
        return switch (measure) {
            case TRAIN_LOSS -> trainLoss;
            case TRAIN_ACCURACY -> trainAccuracy;
            case TEST_LOSS -> testLoss;
            case TEST_ACCURACY -> testAccuracy;
        };
    }

    /** Returns the worst filled in measure by measure. */
    public static WorstMeasures of(Function<Measure, Worst> worst) {
        return new WorstMeasures(
                worst.apply(Measure.TRAIN_LOSS),
                worst.apply(Measure.TRAIN_ACCURACY),
                worst.apply(Measure.TEST_LOSS),
                worst.apply(Measure.TEST_ACCURACY));
    }

    /** Returns the worst of sampled points, the earliest of equal ones; not exact. */
    public static WorstMeasures sampled(List<ProfilePoint> points) {
        return of(measure -> {
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
        return of(measure -> {
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
