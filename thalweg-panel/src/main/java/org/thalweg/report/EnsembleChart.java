package org.thalweg.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.thalweg.panel.EnsembleTable;
import org.thalweg.panel.EnsembleTable.Mean;

/**
 * Accuracy of ensembles against the number of members, and against what they cost: a line per length of head, dashed for
 * baselines. The mean of weights, which may be at chance, is cut off below the others, as these would else lie on one another.
 */
final class EnsembleChart {
    private static final int HEIGHT = 260;
    private static final double DECADE = 10;

    /** Okabe and Ito's colours, as in other figures, and three for baselines, which come last. */
    private static final List<String> COLOURS =
            List.of("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8C6BB1", "#666666", "#8C510A");

    private static final List<String> SYMBOLS = List.of("circle", "triangle", "diamond", "rect");

    private EnsembleChart() {}

    /** Returns the colour of each method's line. */
    static Map<String, String> colours(List<String> methods) {
        Map<String, String> colours = new LinkedHashMap<>();
        for (String method : methods) {
            colours.put(method, COLOURS.get(colours.size() % COLOURS.size()));
        }
        return colours;
    }

    static List<Chart> charts(EnsembleTable table) {
        return List.of(
                chart(table, "members", "members m", false, mean -> mean.first().members()),
                chart(
                        table,
                        "storage",
                        "storage (MB)",
                        true,
                        mean -> mean.first().storageBytes() / 1e6),
                chart(
                        table,
                        "compute",
                        "million multiply-adds per image",
                        true,
                        mean -> mean.first().multiplyAdds() / 1e6));
    }

    private static Chart chart(
            EnsembleTable table, String id, String xName, boolean logarithmic, ToDoubleFunction<Mean> x) {
        List<String> methods = table.methods();
        Map<String, String> colours = colours(methods);
        Plot plot = new Plot(methods);
        int grid = plot.grid("Test accuracy (%)", HEIGHT, xName);
        boolean wide = logarithmic && spread(table, x) >= DECADE; // a logarithmic axis has ticks at powers of ten only
        plot.x(grid).put("scale", true).put("type", wide ? "log" : "value");
        if (!logarithmic) {
            plot.x(grid).put("min", 1).put("minInterval", 1); // there is neither half a member nor none
        }
        OptionalDouble floor = floor(table);
        floor.ifPresent(least -> plot.y(grid).put("min", least));
        DataTable data = new DataTable("method", "members", id.equals("members") ? "m" : id, "testAccuracy");
        for (int i = 0; i < methods.size(); i++) {
            List<double[]> line = new ArrayList<>();
            for (Mean mean : table.means(methods.get(i))) {
                double accuracy = 100 * mean.accuracy().mean();
                line.add(new double[] {x.applyAsDouble(mean), accuracy});
                data.add(methods.get(i), mean.first().members(), x.applyAsDouble(mean), accuracy);
            }
            plot.line(
                    grid,
                    new Plot.Stroke(
                            methods.get(i),
                            colours.getOrDefault(methods.get(i), MethodStyle.NEUTRAL),
                            SYMBOLS.get(i % SYMBOLS.size()),
                            "test",
                            isBaseline(methods.get(i)) ? "dashed" : "solid"),
                    line);
        }
        return plot.chart(
                "accuracy-by-" + id,
                "Accuracy against " + xName,
                "The first m networks together, m = 1, 2, …; " + EnsembleTable.INDEPENDENT + ": independent networks."
                        + (floor.isPresent() ? " " + EnsembleTable.AVERAGE + " goes on below the figure." : ""),
                data);
    }

    private static double spread(EnsembleTable table, ToDoubleFunction<Mean> x) {
        DoubleSummaryStatistics all = table.methods().stream()
                .flatMap(method -> table.means(method).stream())
                .mapToDouble(x)
                .summaryStatistics();
        return all.getMax() / all.getMin();
    }

    /** Returns where the axis of accuracy begins, in percent, if the mean of weights is so bad that it is to be cut off. */
    private static OptionalDouble floor(EnsembleTable table) {
        DoubleSummaryStatistics others = accuracies(table, method -> !method.equals(EnsembleTable.AVERAGE));
        DoubleSummaryStatistics average = accuracies(table, EnsembleTable.AVERAGE::equals);
        double span = others.getMax() - others.getMin();
        double floor = others.getMin() - span / 2;
        if (average.getCount() == 0 || !(span > 0) || average.getMin() >= floor) {
            return OptionalDouble.empty();
        }
        double step = Math.pow(10, Math.floor(Math.log10(span))); // so that ticks are round
        return OptionalDouble.of(Plot.rounded(step * Math.floor(floor / step)));
    }

    private static DoubleSummaryStatistics accuracies(EnsembleTable table, Predicate<String> methods) {
        return table.methods().stream()
                .filter(methods)
                .flatMap(method -> table.means(method).stream())
                .mapToDouble(mean -> 100 * mean.accuracy().mean())
                .summaryStatistics();
    }

    private static boolean isBaseline(String method) {
        return !method.startsWith("wa-");
    }
}
