package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thalweg.report.Plot.Stroke;
import org.thalweg.result.MatchedUnits;

/** How alike the matched units are, beside units paired at random: how much there was to match. */
final class MatchingChart {
    private static final int HEIGHT = 180;
    private static final String RANDOM = "paired at random";

    private MatchingChart() {}

    static Chart of(String method, MatchedUnits units) {
        Plot plot = new Plot(List.of(method, RANDOM));
        plot.tellAllAtX();
        int grid = plot.grid("Share of units (%)", HEIGHT, "cosine similarity of the two neurons");
        plot.x(grid).put("min", -1).put("max", 1);
        plot.line(grid, Stroke.of(method, ""), steps(units.matched())).put("showSymbol", false);
        plot.line(grid, Stroke.neutral(RANDOM), steps(units.random())).put("showSymbol", false);
        DataTable data = new DataTable("from", "to", "matched", "random");
        int bins = units.matched().size();
        for (int i = 0; i < bins; i++) {
            double from = -1 + 2.0 * i / bins;
            data.add(
                    from,
                    -1 + 2.0 * (i + 1) / bins,
                    units.matched().get(i),
                    units.random().get(i));
        }
        return plot.chart(
                "matching",
                "Quality of the matching",
                String.format(
                        Locale.ROOT,
                        "First pair. Matched neurons have a mean cosine similarity of %.3f, neurons paired at random %.3f.",
                        units.matchedMean(),
                        units.randomMean()),
                data);
    }

    /** Returns the outline of a histogram in percent. */
    private static List<double[]> steps(List<Integer> counts) {
        double all = Math.max(1, counts.stream().mapToInt(Integer::intValue).sum());
        List<double[]> outline = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            double share = 100 * counts.get(i) / all;
            outline.add(new double[] {-1 + 2.0 * i / counts.size(), share});
            outline.add(new double[] {-1 + 2.0 * (i + 1) / counts.size(), share});
        }
        return outline;
    }
}
