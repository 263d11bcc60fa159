package org.thalweg.path;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@link Curve#text()} prints. */
final class CurveText {
    private static final Pattern SIZED = Pattern.compile("(chain|bezier)\\(([1-9]\\d{0,5})\\)");

    private CurveText() {}

    static Curve parse(String text) {
        return switch (text) {
            case "constant" -> PolygonalChain.CONSTANT;
            case "linear" -> PolygonalChain.LINEAR;
            case "arc" -> ArcCurve.ARC;
            default -> parseSized(text);
        };
    }

    private static Curve parseSized(String text) {
        Matcher matcher = SIZED.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "curve '" + text + "' is not understood; known are constant, linear, chain(k), bezier(k) and arc.");
        }
        int controls = Integer.parseInt(matcher.group(2));
        return matcher.group(1).equals("chain") ? new PolygonalChain(controls) : new BezierCurve(controls);
    }
}
