package org.thalweg.network;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What an ensemble takes the mean of. */
public enum Averaging {
    /** The soft-max outputs of the members. */
    PROBABILITIES,
    /** The outputs before the soft-max, which is then taken of their mean. */
    LOGITS;

    /** Returns the name in files and options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the averaging of this name.
     *
     * @throws IllegalArgumentException if there is none, listing those that there are
     */
    public static Averaging named(String text) {
        return Arrays.stream(values())
                .filter(averaging -> averaging.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("averaging is '" + text + "' but must be "
                        + Arrays.stream(values()).map(Averaging::text).collect(Collectors.joining(" or ")) + "."));
    }
}
