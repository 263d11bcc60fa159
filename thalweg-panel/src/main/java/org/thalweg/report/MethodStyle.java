package org.thalweg.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a method looks, the same in every figure: a hue of Okabe and Ito's for its family, which colour-blind readers tell apart,
 * a shade and a symbol for its suffix, so that neither colour nor shape is needed alone.
 *
 * @param colour as {@code #RRGGBB}
 * @param symbol name of an ECharts symbol
 */
record MethodStyle(String colour, String symbol) {
    /** Colour of what belongs to no method: the end points, chance. */
    static final String NEUTRAL = "#868686";

    private static final List<String> SUFFIXES = List.of("", "+wa", "+ca");
    private static final List<String> SYMBOLS = List.of("circle", "triangle", "diamond", "rect");

    /** Shades plain, +wa, +ca and anything else, per family. */
    private static final Map<String, List<String>> FAMILIES = Map.of(
            "linear", List.of("#E69F00", "#B97A00", "#8C6200", "#F0C15A"),
            "arc", List.of("#009E73", "#4CC3A1", "#2F7F66", "#8AD3BD"),
            "ot", List.of("#0072B2", "#56B4E9", "#5A6FD8", "#8FB8DE"),
            "garipov", List.of("#D55E00", "#E98B4E", "#A9562A", "#F0B08A"),
            "bezier", List.of("#CC79A7", "#A85A8A", "#8C4A74", "#E0A8C6"),
            "flow", List.of("#A98BCB", "#54308A", "#8C6BB1", "#B9A3D6"),
            "bijection", List.of("#A0A03C", "#5C5C14", "#7F7F2A", "#BDBD6B"));

    static MethodStyle of(String label) {
        String method = MethodLabel.of(label).method();
        String last = method.substring(method.lastIndexOf(':') + 1);
        String family = last.split("[-+]", 2)[0];
        int shade = shade(method, last);
        return Optional.ofNullable(FAMILIES.get(family))
                .map(shades -> new MethodStyle(shades.get(shade), SYMBOLS.get(shade)))
                .orElse(new MethodStyle(NEUTRAL, SYMBOLS.get(shade)));
    }

    private static int shade(String method, String last) {
        if (last.matches("(garipov|bezier)-\\d+")) { // a start of its own, or more controls, is another shade
            return method.contains(":") ? 2 : last.endsWith("-3") ? 0 : 1;
        }
        if (last.endsWith("-iaf")) {
            return 1;
        }
        int plus = method.indexOf('+');
        int known = SUFFIXES.indexOf(plus < 0 ? "" : method.substring(plus));
        return known < 0 ? SUFFIXES.size() : known;
    }
}
