package org.thalweg.connect;

import java.util.OptionalDouble;

/**
 * How λ of convex adjustment is chosen.
 *
 * @param text {@code own}: the weight decay that the networks were trained with; {@code held-out}: the λ whose refits of both
 *     ends score best on every sixth training example when fitted to the others; or a positive number
 */
public record Lambda(String text) {
    /** The networks' own weight decay. */
    public static final Lambda OWN = new Lambda("own");

    /** The best on held-out examples. */
    public static final Lambda HELD_OUT = new Lambda("held-out");

    /**
     * Checks the text.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    public Lambda {
        if (!text.equals("own") && !text.equals("held-out") && !(parsed(text) > 0 && parsed(text) < 1e30)) {
            throw new IllegalArgumentException(
                    "lambda is '" + text
                            + "' but must be 'own', 'held-out' or a positive number such as 1e-4: without it a refit has no certificate.");
        }
    }

    private static double parsed(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN; // the caller says what is allowed
        }
    }

    /** Returns the number, if one was given. */
    OptionalDouble value() {
        double value = parsed(text);
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
