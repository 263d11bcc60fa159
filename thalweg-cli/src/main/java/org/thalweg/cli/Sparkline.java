package org.thalweg.cli;

import java.util.List;

/** Values as a row of bars, the least lowest; a blank where there is none. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /** Returns a bar per value between {@code least} and {@code most}. */
    static String of(List<Double> values, double least, double most) {
        StringBuilder bars = new StringBuilder();
        for (double value : values) {
            double height = most > least ? (value - least) / (most - least) : 0;
            bars.append(Double.isNaN(value) ? ' ' : BARS.charAt((int) Math.round(height * (BARS.length() - 1))));
        }
        return bars.toString();
    }
}
