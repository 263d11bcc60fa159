package org.thalweg.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.train.CurveSettings;

/**
 * Says from architectures alone which methods can join networks and what that would cost, in the order of magnitude. Touches no
 * weights and no native code.
 *
 * @param architecture of both networks
 * @param precision of their weights
 * @param examples how many training examples there would be
 */
public record MethodCheck(Architecture architecture, Precision precision, int examples) {
    /** What {@link #answers} looks at. */
    static final List<String> METHODS = List.of(
            "linear",
            "arc",
            "ot",
            "linear+butterfly",
            "arc+butterfly",
            "ot+butterfly",
            "linear+wa",
            "arc+wa",
            "ot+wa",
            "linear+ca",
            "arc+ca",
            "ot+ca",
            "ot+wa+ca",
            "garipov-3",
            "bezier-3");

    private static final int MOST_MATCHED = 46_340; // units, CostMatrix
    private static final int CONVOLUTION_COLUMNS = 50; // per unknown, ColumnSample
    private static final int REFITS = 9; // of +ca: two ends, three knots, four middles that are looked at
    private static final int REFIT_PASSES = 14; // over the features, forth and back

    /**
     * What was found of one method.
     *
     * @param method its name
     * @param obstacle why it cannot join such networks; empty if it can
     * @param products multiply-adds that it takes, about
     * @param bytes memory that it takes at once, about, the networks included
     */
    public record Answer(String method, Optional<String> obstacle, double products, long bytes) {}

    /** Returns an answer per method, from simple to elaborate. */
    public List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        for (String method : METHODS) {
            Optional<String> obstacle = obstacle(method);
            Cost cost = obstacle.isPresent() ? Cost.NONE : cost(method);
            answers.add(new Answer(method, obstacle, cost.products(), cost.bytes()));
        }
        return answers;
    }

    private Optional<String> obstacle(String method) {
        List<Transition> transitions = Transition.of(architecture);
        boolean layered = method.contains("+wa") || method.endsWith("+butterfly");
        if (transitions.isEmpty() && (layered || method.startsWith("ot"))) {
            return Optional.of("there is no hidden layer");
        }
        if (!method.startsWith("ot")) {
            return Optional.empty();
        }
        for (Transition transition : transitions) {
            if (!transition.isInterchangeable()) {
                return Optional.of("a group norm ties the units of layer "
                        + transition.layer().name());
            }
            if (transition.size() > MOST_MATCHED) {
                return Optional.of("layer " + transition.layer().name() + " has " + transition.size()
                        + " units; at most " + MOST_MATCHED + " can be matched");
            }
        }
        return Optional.empty();
    }

    private static boolean isTrained(String method) {
        return method.startsWith("garipov") || method.startsWith("bezier");
    }

    /** Work and memory; the memory of steps that follow each other is not needed at once. */
    private record Cost(double products, long bytes) {
        static final Cost NONE = new Cost(0, 0);

        Cost then(double more, double needed) {
            return new Cost(products + more, Math.max(bytes, (long) needed));
        }

        Cost beside(double kept) {
            return new Cost(products, bytes + (long) kept);
        }
    }

    private Cost cost(String method) {
        if (isTrained(method)) {
            double epochs = CurveSettings.DEFAULTS.recipe().epochs();
            return Cost.NONE
                    .then(epochs * examples * 3 * forward(architecture.layers().size()), 0)
                    .beside(6 * weights());
        }
        boolean matches = method.startsWith("ot");
        List<Transition> transitions = Transition.of(architecture);
        boolean atOnce = transitions.size() > 1 && (method.equals("ot") || method.equals("ot+ca"));
        int turns = atOnce ? WeightMatching.TYPICAL_TURNS : 1;
        Cost cost = Cost.NONE;
        for (Transition transition : transitions) {
            if (matches) {
                cost = matching(transition, turns, cost);
            }
            int solves = solves(method, transition, matches);
            if (solves > 0) {
                cost = fits(transition, solves, cost);
            }
        }
        if (method.endsWith("+ca")) {
            cost = refits(cost);
        }
        return cost.beside(3 * weights()); // A, B, and what is between
    }

    private static int solves(String method, Transition transition, boolean matches) {
        if (method.contains("+wa")) {
            return ConnectSettings.DEFAULTS.knots() - 1 + (matches && !transition.isWhole() ? 1 : 0);
        }
        return method.endsWith("+butterfly") && !transition.isLast() ? (matches ? 2 : 1) : 0;
    }

    /** Costs as one product of joint vectors, and an assignment, whose n³ is a bound. */
    private static Cost matching(Transition transition, int turns, Cost before) {
        double n = transition.size();
        double length = transition.layer().layer().weight().elements() / n
                + transition.next().layer().weight().elements() / n;
        return before.then(turns * (n * n * length + n * n * n), 24 * n * n);
    }

    private Cost fits(Transition transition, int solves, Cost before) {
        Affine layer = transition.next();
        double units = layer.layer().outputs();
        double unknowns = layer.layer().weight().elements() / units + 1;
        boolean images = layer.layer().weight().rank() == 4;
        double columns = images
                ? Math.min((double) examples * positions(layer.position() + 1), CONVOLUTION_COLUMNS * unknowns)
                : examples;
        double each = columns * unknowns * unknowns / 2
                + columns * unknowns * units
                + unknowns * unknowns * unknowns / 3
                + examples
                        * (forward(layer.position())
                                - forward(transition.layer().position()));
        double memory =
                precision.bytes() * columns * units + 3 * 8 * unknowns * unknowns + precision.bytes() * 4096 * unknowns;
        return before.then(solves * each + examples * forward(layer.position()), memory);
    }

    private Cost refits(Cost before) {
        List<Affine> affine = architecture.affine();
        Affine output = affine.get(affine.size() - 1);
        double weights = output.layer().weight().elements();
        double features = (double) examples * output.layer().inputs();
        return before.then(
                REFITS * examples * (forward(output.position()) + REFIT_PASSES * weights),
                precision.bytes() * features);
    }

    /** Returns the multiply-adds of one example in the layers before {@code position}. */
    private double forward(int position) {
        return architecture.affine().stream()
                .filter(layer -> layer.position() < position)
                .mapToDouble(layer -> (double) layer.layer().weight().elements() * positions(layer.position() + 1))
                .sum();
    }

    private int positions(int before) {
        Shape shape = architecture.shapeBefore(before);
        return shape.rank() == 3 ? shape.extent(1) * shape.extent(2) : 1;
    }

    private double weights() {
        return (double) precision.bytes()
                * architecture.tensors().values().stream()
                        .mapToDouble(Shape::elements)
                        .sum();
    }
}
