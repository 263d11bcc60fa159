package org.thalweg.cli;

import java.util.Optional;

/**
 * What standard output can show.
 *
 * @param colours whether it takes colours: only a terminal does, and only if NO_COLOR is not set (no-color.org)
 * @param columns how wide a line may be; without limit where nobody looks
 */
record Terminal(boolean colours, int columns) {
    /** A file or a pipe: every column, no colour. */
    static final Terminal NONE = new Terminal(false, Integer.MAX_VALUE);

    private static final int USUAL = 80;
    private static final String ESCAPE = "\u001b[";

    /** Returns what the launcher found: it can ask the system, which Java 17 cannot. */
    static Terminal ofStandardOutput() {
        return Boolean.getBoolean("thalweg.stdout")
                ? of(Optional.ofNullable(System.getenv("NO_COLOR")), Integer.getInteger("thalweg.columns", USUAL))
                : NONE;
    }

    static Terminal of(Optional<String> noColour, int columns) {
        return new Terminal(noColour.filter(value -> !value.isEmpty()).isEmpty(), columns > 0 ? columns : USUAL);
    }

    private String coloured(String code, String text) {
        return colours ? ESCAPE + code + "m" + text + ESCAPE + "0m" : text;
    }

    String good(String text) {
        return coloured("1;32", text);
    }

    String bad(String text) {
        return coloured("31", text);
    }

    String head(String text) {
        return coloured("1", text);
    }

    String soft(String text) {
        return coloured("2", text);
    }
}
