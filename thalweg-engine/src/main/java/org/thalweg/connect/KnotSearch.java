package org.thalweg.connect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.thalweg.connect.ConvexFit.Refit;
import org.thalweg.connect.RefitObjective.Level;
import org.thalweg.network.Weights;

/**
 * Places knots where a leg needs them. Begins with a refit at each end and, if the budget allows it, one half-way: training
 * examples alone would often let the path pass there without one, and what they have to spare the test examples may lack. Then
 * looks at the middle of two neighbouring knots, where the straight line between their output layers is farthest from any refit; if
 * the training loss there lies above the higher end of the path, or the accuracy below the lower one, the middle becomes a knot
 * itself and both halves are looked at. Ends when no such middle is left, or the budget of knots is spent.
 *
 * <p>Cost: features and one pass per middle, and a solve per knot on the same features.
 *
 * @param refits how to refit
 * @param lambda λ
 * @param limit loss and accuracy of the worse end of the path
 */
record KnotSearch(Refits refits, double lambda, Level limit) {
    /**
     * What was found.
     *
     * @param knots the refits by the leg's s
     * @param above middles of neighbouring knots where the path still lies above its ends; none unless the budget is spent
     */
    record Found(SortedMap<Double, Refit> knots, List<Double> above) {
        Found {
            knots = Collections.unmodifiableSortedMap(new TreeMap<>(knots));
            above = List.copyOf(above);
        }
    }

    private record Interval(double from, double to) {
        double middle() {
            return (from + to) / 2;
        }

        boolean isWhole() {
            return from == 0 && to == 1;
        }
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
        List<Double> above = new ArrayList<>();
        Deque<Interval> open = new ArrayDeque<>(List.of(new Interval(0, 1)));
        while (!open.isEmpty()) {
            Interval interval = open.remove();
            double s = interval.middle();
            Weights from = output(knots, interval.from());
            Weights to = output(knots, interval.to());
            boolean spent = knots.size() == refits.settings().mostKnots();
            Optional<Refit> knot = refits.at(points.apply(s), lambda, objective -> {
                Vector middle = middle(objective, from, to);
                boolean isAbove = isAbove(objective.level(middle));
                if (isAbove && spent) {
                    above.add(s);
                }
                return !spent && (isAbove || interval.isWhole())
                        ? Optional.of(refits.refit(objective, objective.split(middle)))
                        : Optional.empty();
            });
            knot.ifPresent(refit -> {
                knots.put(s, refit);
                open.add(new Interval(interval.from(), s));
                open.add(new Interval(s, interval.to()));
            });
        }
        Collections.sort(above);
        return new Found(knots, above);
    }

    private static Weights output(SortedMap<Double, Refit> knots, double s) {
        return Optional.ofNullable(knots.get(s)).orElseThrow().output();
    }

    /** Returns what the path has there: the mean of both, rounded as a path rounds. */
    private static Vector middle(RefitObjective objective, Weights from, Weights to) {
        Vector mean = objective.joined(from).times(0.5).plus(0.5, objective.joined(to));
        return objective.representable(mean);
    }

    private boolean isAbove(Level level) {
        return level.loss() > limit.loss() || level.accuracy() < limit.accuracy();
    }
}
