package org.thalweg.result;

import java.util.Locale;

/** One of the things measured at a point: a loss ({@link Loss}) or, where there is one, an accuracy (fraction). */
public enum Measure {
    /** Loss on the training examples. */
    TRAIN_LOSS("trainLoss", true),
    /** Accuracy on the training examples. */
    TRAIN_ACCURACY("trainAccuracy", false),
    /** Loss on the test examples. */
    TEST_LOSS("testLoss", true),
    /** Accuracy on the test examples. */
    TEST_ACCURACY("testAccuracy", false);

    private final String key;
    private final boolean loss;

    Measure(String key, boolean loss) {
        this.key = key;
        this.loss = loss;
    }

    /** Returns the name in JSON and CSV. */
    public String key() {
        return key;
    }

    /** Returns whether this is a loss, of which more is worse; of an accuracy less is. */
    public boolean isLoss() {
        return loss;
    }

    /** Returns whether it is measured on the test examples. */
    public boolean isTest() {
        return this == TEST_LOSS || this == TEST_ACCURACY;
    }

    /** Returns {@code test} or {@code train}, whichever examples it is measured on. */
    public String split() {
        return isTest() ? "test" : "train";
    }

    /** Returns a value as people read it: losses as they are, accuracies in percent. */
    public double shown(double value) {
        return loss ? value : 100 * value;
    }

    /** Returns a value as tables have it: {@link #shown}, to four digits or to two. */
    public String text(double value) {
        return String.format(Locale.ROOT, loss ? "%.4f" : "%.2f", shown(value));
    }

    /** Returns how much worse {@code value} is than {@code reference}: positive if it is worse, for losses and accuracies. */
    public double excess(double value, double reference) {
        return loss ? value - reference : reference - value;
    }

    /** Returns the worse of two values; NaN is worse than any. */
    public double worse(double a, double b) {
        return loss ? Math.max(a, b) : Math.min(a, b);
    }
}
