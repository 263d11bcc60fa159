package org.thalweg.result;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The loss of a data set: what networks are trained with on it and measured by, and whether there is an accuracy beside it. */
public enum Loss {
    /** Cross-entropy of the soft-max, natural log, mean over examples; beside it accuracy. For classes. */
    CROSS_ENTROPY("cross-entropy", true),
    /**
     * Squared distance to real targets, mean over examples and outputs, which is PyTorch's {@code MSELoss}. No prediction is
     * right or wrong, so there is no accuracy.
     */
    MEAN_SQUARED_ERROR("mean-squared-error", false);

    private final String text;
    private final boolean accuracy;

    Loss(String text, boolean accuracy) {
        this.text = text;
        this.accuracy = accuracy;
    }

    /** Returns the name in results and files. */
    public String text() {
        return text;
    }

    /** Returns the name for people. */
    public String words() {
        return accuracy ? text : text.replace('-', ' ');
    }

    /** Returns what is measured at a point, in the order of JSON and CSV. A copy. */
    public Set<Measure> measures() {
        return accuracy ? EnumSet.allOf(Measure.class) : EnumSet.of(Measure.TRAIN_LOSS, Measure.TEST_LOSS);
    }

    /** Returns whether predictions are right or wrong. */
    public boolean hasAccuracy() {
        return accuracy;
    }

    /** Returns the measure on training examples that results are compared by: accuracy where there is one, else the loss. */
    public Measure leadingOnTrain() {
        return accuracy ? Measure.TRAIN_ACCURACY : Measure.TRAIN_LOSS;
    }

    /** Returns the measure on test examples that results are compared by, likewise. */
    public Measure leadingOnTest() {
        return accuracy ? Measure.TEST_ACCURACY : Measure.TEST_LOSS;
    }

    /**
     * Returns the loss that {@link #text()} calls so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Loss named(String text) {
        return Arrays.stream(values())
                .filter(loss -> loss.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is no loss; use cross-entropy or mean-squared-error."));
    }
}
