package org.thalweg.learn;

import java.util.Locale;

/**
 * How a map is made and trained.
 *
 * @param objective what it is trained for
 * @param kind how its layers are made invertible
 * @param layers how many
 * @param hidden hidden units of each layer's conditioner
 * @param bound bound of log-scales, see {@link MapShape}
 * @param whitening whether neurons are turned to principal axes first
 * @param steps steps of training, {@value #PIECES} pieces each
 * @param rounds how often the map is judged on validation networks, evenly spread over the steps
 * @param learningRate of Adam, at the first step; it falls to a hundredth as half a cosine
 * @param neurons neurons per piece of a flow's step
 * @param batch examples per piece of a bijection's step
 * @param judged training examples, the first ones, on which paths between validation networks are judged
 */
public record LearnSettings(
        Objective objective,
        MapKind kind,
        int layers,
        int hidden,
        double bound,
        Whitening whitening,
        int steps,
        int rounds,
        double learningRate,
        int neurons,
        int batch,
        int judged) {
    /**
     * Pieces of a step, whose gradients are averaged: samples of neurons for a flow, pairs of networks for a bijection. They
     * run side by side; a fixed number, so that bits do not depend on threads.
     */
    public static final int PIECES = 2;

    /** Steps are numbered and counted by int, and each is judged at most once. */
    private static final int MOST_STEPS = 100_000_000;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException naming the one that is out of range
     */
    public LearnSettings {
        new MapShape(kind, 2, layers, hidden, bound);
        if (steps < 1 || steps > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "steps are " + steps + " but must lie between 1 and " + MOST_STEPS + ".");
        }
        if (rounds < 1 || rounds > steps) {
            throw new IllegalArgumentException(
                    "rounds are " + rounds + " but must lie between 1 and the " + steps + " steps.");
        }
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException(
                    "learning rate is " + learningRate + " but must be positive and finite; try 0.001.");
        }
        requirePositive("neurons per piece", neurons);
        requirePositive("examples per piece", batch);
        requirePositive("examples to judge on", judged);
    }

    private static void requirePositive(String what, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(what + " are " + count + " but must be positive.");
        }
    }

    /**
     * Returns settings that shall train each combination on MNIST's 784-2000-10 in about half an hour of two cores, or less.
     * Multiply-adds of a step there, d = 795, n = 2000: RealNVP bijection 2 pieces × 3 passes × n × 4 layers × 1.5 d 128, times 4
     * for gradients and for values that are computed again, and the network's, 2 × 3 × 256 × d n: 32 billion. 550 steps took 375
     * seconds of one core on a busy machine, before values were computed again. The IAF bijection repeats its inverse some twenty
     * times in each direction, about 150 billion.
     */
    public static LearnSettings usualFor(Objective objective, MapKind kind) {
        boolean flow = objective == Objective.FLOW;
        return switch (kind) {
            case REALNVP ->
                new LearnSettings(
                        objective, kind, 4, 128, 2, Whitening.NONE, flow ? 10_000 : 5000, 25, 1e-3, 256, 256, 5000);
            case IAF ->
                new LearnSettings(
                        objective,
                        kind,
                        2,
                        flow ? 256 : 128,
                        2,
                        Whitening.NONE,
                        flow ? 8000 : 800,
                        flow ? 20 : 16,
                        1e-3,
                        256,
                        256,
                        5000);
        };
    }

    /** Returns the steps done at the end of a round, counted from 1. */
    int stepsAfter(int round) {
        return (int) ((long) steps * round / rounds);
    }

    /** Returns Adam's rate at a step, counted from 1. */
    double rate(int step) {
        double rest = 0.5 * (1 + StrictMath.cos(Math.PI * (step - 1) / steps));
        return learningRate * (0.01 + 0.99 * rest);
    }

    /** Returns the settings as one line, for provenance. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "adam steps=%d rounds=%d rate=%s pieces=%d neurons=%d batch=%d judged=%d whitening=%s",
                steps,
                rounds,
                learningRate,
                PIECES,
                neurons,
                batch,
                judged,
                whitening.text());
    }
}
