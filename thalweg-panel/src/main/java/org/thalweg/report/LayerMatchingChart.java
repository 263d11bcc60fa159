package org.thalweg.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.report.Plot.Stroke;
import org.thalweg.result.MatchedUnits;
import org.thalweg.result.PathAnatomy;

/** How alike the matched units of each layer are, beside units paired at random. */
final class LayerMatchingChart {
    private static final int HEIGHT = 180;
    private static final String RANDOM = "paired at random";

    private LayerMatchingChart() {}

    /** Returns the chart, if some method matches units. */
    static Optional<Chart> of(Map<String, PathAnatomy> anatomies) {
        Map<String, Map<Integer, MatchedUnits>> shown = new LinkedHashMap<>();
        anatomies.forEach((method, anatomy) -> anatomy.layers()
                .forEach(layer -> layer.units()
                        .ifPresent(units -> shown.computeIfAbsent(method, name -> new LinkedHashMap<>())
                                .put(layer.layer(), units))));
        return shown.isEmpty() ? Optional.empty() : Optional.of(chart(shown));
    }

    private static Chart chart(Map<String, Map<Integer, MatchedUnits>> shown) {
        List<String> legend = new ArrayList<>(shown.keySet());
        legend.add(RANDOM);
        Plot plot = new Plot(legend);
        plot.tellAllAtX();
        int grid = plot.grid("Mean cosine similarity of the two neurons", HEIGHT, "layer");
        plot.x(grid).put("minInterval", 1).put("scale", true);
        DataTable data = new DataTable("method", "layer", "matched", "random");
        shown.forEach((method, layers) -> {
            List<double[]> line = new ArrayList<>();
            layers.forEach((layer, units) -> {
                line.add(new double[] {layer, units.matchedMean()});
                data.add(method, layer, units.matchedMean(), units.randomMean());
            });
            plot.line(grid, Stroke.of(method, ""), line);
        });
        shown.values().stream().findFirst().ifPresent(layers -> {
            List<double[]> line = new ArrayList<>();
            layers.forEach((layer, units) -> line.add(new double[] {layer, units.randomMean()}));
            plot.line(grid, Stroke.neutral(RANDOM), line);
        });
        return plot.chart(
                "matching",
                "Quality of the matching, layer by layer",
                "First pair. A neuron is what it reads, its bias, and what reads it, where the layer is moved.",
                data);
    }
}
