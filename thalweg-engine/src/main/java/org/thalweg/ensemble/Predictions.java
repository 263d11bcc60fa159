package org.thalweg.ensemble;

/** What an ensemble says of examples: a probability for each class. Immutable. */
public final class Predictions {
    private final int classes;
    private final double[] probabilities; // [N, classes]

    /** Takes the array, which is owned from now on. */
    Predictions(int classes, double[] probabilities) {
        this.classes = classes;
        this.probabilities = probabilities;
    }

    /** Returns N. */
    public int count() {
        return probabilities.length / classes;
    }

    /** Returns the number of classes. */
    public int classes() {
        return classes;
    }

    /** Returns the probability of a class, in [0, 1]; those of one example add up to 1. */
    public double probability(int example, int label) {
        return probabilities[example * classes + label];
    }

    /** Returns the class with the greatest probability, the first of several. */
    public int predicted(int example) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = probability(example, c) > probability(example, best) ? c : best;
        }
        return best;
    }
}
