package org.thalweg.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.thalweg.report.Plot.Stroke;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;
import org.thalweg.run.Numbers;

/**
 * How the distribution of the neurons of a two-layer network moves along the curve: the picture of why an arc stays low where a straight line does
 * not. The spectrum is that of the curve's middle, beside that of its start.
 */
final class NeuronChart {
    private static final int HEIGHT = 120;
    private static final String START = "end point A";

    private NeuronChart() {}

    static Chart of(Map<String, PathAnatomy> anatomies) {
        Map<String, List<NeuronPoint>> shown = new LinkedHashMap<>();
        anatomies.forEach((method, anatomy) ->
                anatomy.layers().forEach(layer -> shown.put(method, layer.neurons()))); // one, if any
        List<String> legend = new ArrayList<>(shown.keySet());
        legend.add(START);
        Plot plot = new Plot(legend);
        plot.tellAllAtX();
        int norm = plot.grid("Mean length of a neuron", HEIGHT, "");
        int variance = plot.grid("Total variance (trace of the covariance)", HEIGHT, "");
        int distance = plot.grid("Distance to the end points' neurons (sliced Wasserstein)", HEIGHT, "s on the curve");
        int spectrum = plot.grid("Greatest eigenvalues of the covariance, at the middle", HEIGHT, "rank");
        plot.y(spectrum).put("type", "log");
        int ranks = shown.values().stream()
                .flatMap(List::stream)
                .mapToInt(p -> p.spectrum().size())
                .max()
                .orElse(1);
        plot.x(spectrum).put("min", 1).put("max", ranks);
        DataTable data = new DataTable("method", "s", "meanNorm", "variance", "distance", "spectrum");
        shown.forEach((method, points) -> {
            Stroke stroke = Stroke.of(method, "");
            plot.line(norm, stroke, line(points, NeuronPoint::meanNorm));
            plot.line(variance, stroke, line(points, NeuronPoint::variance));
            plot.line(distance, stroke, line(points, NeuronPoint::distance));
            plot.line(spectrum, stroke, ranked(points.get(points.size() / 2)));
            points.forEach(p -> data.add(
                    method,
                    p.s(),
                    p.meanNorm(),
                    p.variance(),
                    p.distance(),
                    p.spectrum().stream().map(Numbers::text).collect(Collectors.joining(" "))));
        });
        shown.values().stream()
                .findFirst()
                .ifPresent(points -> plot.line(spectrum, Stroke.neutral(START), ranked(points.get(0))));
        return plot.chart(
                "neurons",
                "How the neurons' distribution moves",
                "First pair. A method that keeps length, variance and spectrum of the neurons keeps what the network computes;"
                        + " where neurons are not matched, a straight line halves the variance at its middle and an arc keeps it."
                        + " Distances are to the neurons of both end points together.",
                data);
    }

    private static List<double[]> line(List<NeuronPoint> points, ToDoubleFunction<NeuronPoint> value) {
        return points.stream()
                .map(p -> new double[] {p.s(), value.applyAsDouble(p)})
                .toList();
    }

    private static List<double[]> ranked(NeuronPoint point) {
        List<double[]> line = new ArrayList<>();
        for (int i = 0; i < point.spectrum().size(); i++) {
            double value = point.spectrum().get(i);
            line.add(new double[] {i + 1, value > 0 ? value : Double.NaN}); // a logarithm has no place for 0
        }
        return line;
    }
}
