package org.thalweg.panel;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Whose layers are the backbone of an ensemble. */
public enum Backbone {
    /** The first network's. */
    FIRST,
    /** Those of the network with the least loss on the training examples. */
    BEST,
    /** Each network's in turn. */
    EACH;

    /** Returns the name in options. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the choice of this name.
     *
     * @throws IllegalArgumentException if there is none, listing those that there are
     */
    public static Backbone named(String text) {
        return Arrays.stream(values())
                .filter(choice -> choice.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("backbone is '" + text + "' but must be one of "
                        + Arrays.stream(values()).map(Backbone::text).collect(Collectors.joining(", ")) + "."));
    }
}
