package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.thalweg.report.LegAxis.Stretch;
import org.thalweg.report.Plot.Stroke;
import org.thalweg.result.LayerAnatomy;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;
import org.thalweg.run.Numbers;

/**
 * How the distribution of the neurons moves in each layer of a deep network, the layers side by side. Layers differ in scale, so
 * everything is a share of what the curve's two ends have on average: 1 where it is kept.
 */
final class LayersChart {
    private static final int HEIGHT = 120;
    private static final int MOST_NAMED = 8;

    private final Plot plot;
    private final List<Integer> layers;

    private LayersChart(List<String> methods, List<Integer> layers) {
        this.plot = new Plot(methods);
        this.layers = layers;
        plot.tellAllAtX();
    }

    static Chart of(Map<String, PathAnatomy> anatomies) {
        List<Integer> layers = List.copyOf(anatomies.values().stream()
                .flatMap(anatomy -> anatomy.layers().stream())
                .map(LayerAnatomy::layer)
                .collect(Collectors.toCollection(TreeSet::new)));
        LayersChart chart = new LayersChart(List.copyOf(anatomies.keySet()), layers);
        chart.grid("Mean length of a neuron", "", anatomies, NeuronPoint::meanNorm, NeuronPoint::meanNorm);
        chart.grid(
                "Total variance (trace of the covariance)",
                "",
                anatomies,
                NeuronPoint::variance,
                NeuronPoint::variance);
        chart.grid(
                "Greatest eigenvalue of the covariance", "", anatomies, LayersChart::greatest, LayersChart::greatest);
        chart.grid(
                "Distance to the ends' neurons (sliced Wasserstein), of their deviation",
                "position on the curve that moves the layer",
                anatomies,
                NeuronPoint::distance,
                point -> Math.sqrt(point.variance()));
        return chart.plot.chart(
                "neurons",
                "How the neurons' distribution moves, layer by layer",
                "First pair. Shares of what the two ends of the layer's curve have on average: 1 is kept, and a straight line between"
                        + " unmatched neurons halves the variance at its middle. Methods that go layer by layer move each on a curve"
                        + " of its own, the others all at once.",
                data(anatomies));
    }

    private static double greatest(NeuronPoint point) {
        return point.spectrum().isEmpty() ? Double.NaN : point.spectrum().get(0);
    }

    private void grid(
            String title,
            String xName,
            Map<String, PathAnatomy> anatomies,
            ToDoubleFunction<NeuronPoint> value,
            ToDoubleFunction<NeuronPoint> unit) {
        int grid = plot.grid(title, HEIGHT, xName);
        plot.x(grid).put("min", 0).put("max", layers.size());
        plot.x(grid).putObject("axisLabel").put("show", false);
        plot.x(grid).putObject("axisTick").put("show", false);
        plot.stretches(plot.frame(grid), stretches());
        anatomies.forEach((method, anatomy) -> {
            List<double[]> line = new ArrayList<>();
            for (LayerAnatomy layer : anatomy.layers()) {
                int at = layers.indexOf(layer.layer());
                List<NeuronPoint> points = layer.neurons();
                double ends =
                        (unit.applyAsDouble(points.get(0)) + unit.applyAsDouble(points.get(points.size() - 1))) / 2;
                line.add(new double[] {at, Double.NaN}); // layers do not join
                points.forEach(point -> line.add(new double[] {at + point.s(), value.applyAsDouble(point) / ends}));
            }
            plot.line(grid, Stroke.of(method, ""), line).put("showSymbol", false);
        });
    }

    private List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            String name = (layers.size() <= MOST_NAMED ? "layer " : "") + layers.get(i);
            stretches.add(new Stretch(name, i, i + 1));
        }
        return stretches;
    }

    private static DataTable data(Map<String, PathAnatomy> anatomies) {
        DataTable data = new DataTable("method", "layer", "s", "meanNorm", "variance", "distance", "spectrum");
        anatomies.forEach((method, anatomy) -> {
            for (LayerAnatomy layer : anatomy.layers()) {
                layer.neurons()
                        .forEach(p -> data.add(
                                method,
                                layer.layer(),
                                p.s(),
                                p.meanNorm(),
                                p.variance(),
                                p.distance(),
                                p.spectrum().stream().map(Numbers::text).collect(Collectors.joining(" "))));
            }
        });
        return data;
    }
}
