package org.thalweg.connect;

import java.util.Arrays;
import java.util.Locale;
import org.thalweg.engine.Scoring;

/** The loss that a refit of the output layer minimises. */
public enum RefitLoss {
    /** Cross-entropy of the soft-max, natural log. */
    CROSS_ENTROPY,
    /**
     * Ridge regression. Of real targets their mean squared error; of labels half the squared distance of the outputs from 1
     * for the label and 0 for the others.
     */
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

    /** Returns how outputs of a layer score by this loss, on examples that have one of their own. */
    Scoring of(Scoring own, LayerMatrix layer) {
        return switch (this) {
            case CROSS_ENTROPY -> own;
            case SQUARED_ERROR -> own.squared(layer.units(), layer.precision());
        };
    }
}
