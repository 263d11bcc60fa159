package org.thalweg.checkpoint.format;

/** Names from a stranger's file inside our one-line sentences: quoted, escaped, and no longer than a line allows. */
public final class Quote {
    private static final int LONGEST = 80;

    private Quote() {}

    /** Returns {@code text} in double quotes, escaped as by {@link #line}, cut after 80 characters. */
    public static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return "\"" + line(cut.replace("\\", "\\\\").replace("\"", "\\\"")) + "\"";
    }

    /** Returns {@code text} with everything escaped that could end a line or steer a terminal. */
    public static String line(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
