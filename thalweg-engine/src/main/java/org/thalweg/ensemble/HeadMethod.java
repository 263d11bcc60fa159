package org.thalweg.ensemble;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How heads are made to work on the backbone. */
public enum HeadMethod {
    /** Their lowest layer is adjusted by least squares; no label is read. */
    WA("wa"),
    /** Then the output layer of every member is refitted to the labels, a convex problem. */
    WA_CA("wa+ca");

    private final String text;

    HeadMethod(String text) {
        this.text = text;
    }

    /** Returns the name in options. */
    public String text() {
        return text;
    }

    /** Returns the name of ensembles with heads of {@code head} layers, such as {@code wa-3+ca}. */
    public String named(int head) {
        return "wa-" + head + text.substring(2);
    }

    /**
     * Returns the method of this name.
     *
     * @throws IllegalArgumentException if there is none, listing those that there are
     */
    public static HeadMethod named(String text) {
        return Arrays.stream(values())
                .filter(method -> method.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown method '" + text + "' of heads; use "
                        + Arrays.stream(values()).map(HeadMethod::text).collect(Collectors.joining(" or ")) + "."));
    }
}
