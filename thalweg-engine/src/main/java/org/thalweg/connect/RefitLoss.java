package org.thalweg.connect;

import java.util.Arrays;
import java.util.Locale;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Logits;
import org.thalweg.network.Precision;

/** The loss that a refit of the output layer minimises. */
public enum RefitLoss {
    /** Cross-entropy of the soft-max, natural log. */
    CROSS_ENTROPY,
    /** Half the squared distance of the outputs from 1 for the label and 0 for the others: ridge regression. */
    SQUARED_ERROR;

    /** Returns the name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the loss that {@link #text()} calls so.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static RefitLoss named(String text) {
        return Arrays.stream(values())
                .filter(loss -> loss.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown refit loss '" + text + "'; use cross-entropy or squared-error."));
    }

    /**
     * Returns the part of W, or of a step in W, that matters to the loss: to a soft-max it does not if all classes' rows move
     * alike, so the least norm has rows of mean 0.
     */
    Vector reduced(Vector w, int classes) {
        return switch (this) {
            case CROSS_ENTROPY -> w.lessMeanRow(classes);
            case SQUARED_ERROR -> w;
        };
    }

    /** Returns the derivative of each example's loss in its outputs {@code logits}, [c, N]. */
    DeviceTensor residual(Logits labels, DeviceTensor logits) {
        return switch (this) {
            case CROSS_ENTROPY -> labels.residual(logits);
            case SQUARED_ERROR -> labels.deviation(logits);
        };
    }

    /** Returns the sum of the examples' losses. */
    double sum(Logits labels, DeviceTensor logits) {
        return switch (this) {
            case CROSS_ENTROPY -> labels.score(logits).loss();
            case SQUARED_ERROR -> {
                DeviceTensor squares = labels.deviation(logits).squared().to(Precision.FLOAT64);
                yield squares.sum(0).sum(1).toDoubles()[0] / 2;
            }
        };
    }
}
