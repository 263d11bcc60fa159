package org.thalweg.result;

/** One of the four things measured at a point: cross-entropy per example (natural log) or accuracy (fraction). */
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

    /** Returns how much worse {@code value} is than {@code reference}: positive if it is worse, for losses and accuracies. */
    public double excess(double value, double reference) {
        return loss ? value - reference : reference - value;
    }

    /** Returns the worse of two values; NaN is worse than any. */
    public double worse(double a, double b) {
        return loss ? Math.max(a, b) : Math.min(a, b);
    }
}
