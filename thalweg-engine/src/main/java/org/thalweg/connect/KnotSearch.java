package org.thalweg.connect;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.thalweg.connect.ConvexFit.Refit;
import org.thalweg.connect.RefitObjective.Level;
import org.thalweg.network.Weights;

/**
 * Places knots where a leg needs them. Begins with a refit at each end and, if the budget allows it, one half-way: training
 * examples alone would often let the path pass there without one, and what they have to spare the test examples may lack. Then
 * looks at three places between any two neighbouring knots; where the training loss lies farthest above the higher end of the
 * path, or the accuracy below the lower one, the next knot goes, and what it has divided is looked at again. Ends when no such
 * place is left, or the budget of knots is spent.
 *
 * <p>The middle alone would not do: the loss is not convex along the leg, and next to a knot on a high ridge the worst place lies
 * near that knot.
 *
 * <p>Cost: features and one pass per place, and per knot the features again and a solve on them.
 *
 * @param refits how to refit
 * @param lambda λ
 * @param limit loss and accuracy of the worse end of the path
 */
record KnotSearch(Refits refits, double lambda, Level limit) {
    private static final List<Double> PLACES = List.of(0.25, 0.5, 0.75);

    /**
     * What was found.
     *
     * @param knots the refits by the leg's s
     * @param above places between knots where the path still lies above its ends; none unless the budget is spent
     */
    record Found(SortedMap<Double, Refit> knots, List<Double> above) {
        Found {
            knots = Collections.unmodifiableSortedMap(new TreeMap<>(knots));
            above = List.copyOf(above);
        }
    }

    /**
     * A place where the path lies above its ends.
     *
     * @param s where on the leg
     * @param excess how far above the limit, in loss or as a fraction of the examples, whichever is more
     */
    private record Place(double s, double excess) {
        static final Comparator<Place> WORST_FIRST =
                Comparator.comparingDouble(Place::excess).reversed().thenComparingDouble(Place::s);
    }

    /**
     * Returns knots between two refits.
     *
     * @param start the refit at 0
     * @param end the refit at 1
     * @param points the leg's weights at s; its output layer does not matter
     */
    Found between(Refit start, Refit end, DoubleFunction<Weights> points) {
        TreeMap<Double, Refit> knots = new TreeMap<>();
        knots.put(0.0, start);
        knots.put(1.0, end);
        if (hasBudget(knots)) {
            place(knots, 0.5, points);
        }
        Queue<Place> above = new PriorityQueue<>(Place.WORST_FIRST);
        for (double from : List.copyOf(knots.headMap(1.0).keySet())) {
            worst(knots, from, points).ifPresent(above::add);
        }
        while (!above.isEmpty() && hasBudget(knots)) {
            double s = above.remove().s();
            double from = knots.lowerKey(s);
            place(knots, s, points);
            worst(knots, from, points).ifPresent(above::add);
            worst(knots, s, points).ifPresent(above::add);
        }
        return new Found(knots, above.stream().map(Place::s).sorted().toList());
    }

    private boolean hasBudget(TreeMap<Double, Refit> knots) {
        return knots.size() < refits.settings().mostKnots();
    }

    private void place(TreeMap<Double, Refit> knots, double s, DoubleFunction<Weights> points) {
        knots.put(
                s,
                refits.at(
                        points.apply(s),
                        lambda,
                        objective -> refits.refit(objective, objective.split(between(objective, knots, s)))));
    }

    /** Returns the worst of the places between a knot and the next, if one of them lies above the ends. */
    private Optional<Place> worst(TreeMap<Double, Refit> knots, double from, DoubleFunction<Weights> points) {
        double to = knots.higherKey(from);
        return PLACES.stream()
                .map(place -> from + place * (to - from))
                .map(s -> new Place(s, excess(knots, s, points)))
                .filter(place -> place.excess() > 0)
                .min(Place.WORST_FIRST);
    }

    private double excess(TreeMap<Double, Refit> knots, double s, DoubleFunction<Weights> points) {
        return refits.at(points.apply(s), lambda, objective -> {
            Level level = objective.level(between(objective, knots, s));
            return Math.max(level.loss() - limit.loss(), limit.accuracy() - level.accuracy());
        });
    }

    /** Returns the output layer that the path has at s, rounded as a path rounds. */
    private static Vector between(RefitObjective objective, TreeMap<Double, Refit> knots, double s) {
        var from = knots.floorEntry(s);
        var to = knots.ceilingEntry(s);
        double part = (s - from.getKey()) / (to.getKey() - from.getKey());
        Vector straight = objective
                .joined(from.getValue().output())
                .times(1 - part)
                .plus(part, objective.joined(to.getValue().output()));
        return objective.representable(straight);
    }
}
