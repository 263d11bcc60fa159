package org.thalweg.path;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@link Curve#text()} prints. */
final class CurveText {
    private static final Pattern SIZED = Pattern.compile("(chain|bezier)\\(([1-9]\\d{0,5})\\)");

    /** Some 50,000 knots, each of which needs a control; more is an attack. */
    private static final int LONGEST = 1_000_000;

    private CurveText() {}

    static Curve parse(String text) {
        return switch (text) {
            case "constant" -> PolygonalChain.CONSTANT;
            case "linear" -> PolygonalChain.LINEAR;
            case "arc" -> ArcCurve.ARC;
            default -> text.startsWith("knots(") && text.endsWith(")") ? parseKnots(text) : parseSized(text);
        };
    }

    private static Curve parseKnots(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a curve's text has " + text.length() + " characters; at most " + LONGEST + " are read.");
        }
        try {
            String list = text.substring("knots(".length(), text.length() - 1);
            return new KnotChain(
                    Arrays.stream(list.split(",", -1)).map(Double::valueOf).toList());
        } catch (NumberFormatException e) {
            throw notUnderstood(text);
        }
    }

    private static Curve parseSized(String text) {
        Matcher matcher = SIZED.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("curve '" + text
                    + "' is not understood; known are constant, linear, chain(k), knots(…), bezier(k) and arc.");
        }
        int controls = Integer.parseInt(matcher.group(2));
        return matcher.group(1).equals("chain") ? new PolygonalChain(controls) : new BezierCurve(controls);
    }

    private static IllegalArgumentException notUnderstood(String text) {
        return new IllegalArgumentException("curve '" + text
                + "' is not understood; known are constant, linear, chain(k), knots(…), bezier(k) and arc.");
    }
}
