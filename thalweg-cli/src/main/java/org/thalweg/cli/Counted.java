package org.thalweg.cli;

import java.util.Locale;

/** Numbers of things in sentences. */
final class Counted {
    private Counted() {}

    /** Returns such as {@code 1 path} or {@code 1,200 paths}. */
    static String text(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }
}
