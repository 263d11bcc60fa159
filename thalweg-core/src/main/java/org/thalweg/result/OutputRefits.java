package org.thalweg.result;

import java.util.List;

/**
 * How the output layer was refitted to labels along a path.
 *
 * @param lambda λ of the refits
 * @param loss what they minimised, besides the λ term
 * @param legs the legs that have knots, in their order
 */
public record OutputRefits(double lambda, String loss, List<Leg> legs) {
    public OutputRefits {
        legs = List.copyOf(legs);
    }

    /**
     * The refits of one leg.
     *
     * @param name the leg's name
     * @param knots where on the leg they stand, ascending from 0 to 1
     * @param certificates per knot, the most that the objective can lie above its least value
     * @param passes per knot, how often the objective was evaluated over all training examples
     * @param above places between knots, the worst of every two, where the training loss still lies above the higher end of
     *     the path, or the accuracy below the lower one; none unless the budget of knots was spent
     */
    public record Leg(
            String name, List<Double> knots, List<Double> certificates, List<Integer> passes, List<Double> above) {
        public Leg {
            knots = List.copyOf(knots);
            certificates = List.copyOf(certificates);
            passes = List.copyOf(passes);
            above = List.copyOf(above);
        }
    }

    /** Returns whether some leg needed more knots than the budget allowed. */
    public boolean isBudgetSpent() {
        return legs.stream().anyMatch(leg -> !leg.above().isEmpty());
    }

    /** Returns the greatest certificate. */
    public double certificate() {
        return legs.stream()
                .flatMap(leg -> leg.certificates().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
    }
}
