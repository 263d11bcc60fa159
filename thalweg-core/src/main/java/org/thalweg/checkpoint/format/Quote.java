package org.thalweg.checkpoint.format;

/** Names from a stranger's file inside our one-line sentences: quoted, escaped, and no longer than a line allows. */
public final class Quote {
    private static final int LONGEST = 80;

    private Quote() {}

    /** Returns {@code text} in double quotes, control characters escaped, cut after 80 characters. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(text.length() > LONGEST ? "…\"" : "\"").toString();
    }
}
