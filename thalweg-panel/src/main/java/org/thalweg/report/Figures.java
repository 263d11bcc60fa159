package org.thalweg.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.checkpoint.AtomicFile;

/**
 * Charts as files for papers: SVG, PNG and CSV under the chart's name.
 *
 * @param charts the charts
 * @param svgs each chart's SVG, by its name
 */
record Figures(List<Chart> charts, Map<String, String> svgs) {
    static Figures draw(List<Chart> charts) {
        Map<String, String> svgs = new LinkedHashMap<>();
        try (ChartRenderer renderer = ChartRenderer.open()) {
            charts.forEach(chart -> svgs.put(chart.id(), renderer.svg(chart)));
        }
        return new Figures(charts, svgs);
    }

    /** Writes the files into a folder. */
    void write(Path folder) throws IOException {
        for (Chart chart : charts) {
            String svg = svgs.getOrDefault(chart.id(), "");
            write(folder.resolve(chart.id() + ".svg"), (svg + "\n").getBytes(StandardCharsets.UTF_8));
            write(folder.resolve(chart.id() + ".png"), Raster.png(svg, Plot.WIDTH));
            write(folder.resolve(chart.id() + ".csv"), chart.data().csv().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        AtomicFile.write(file, out -> out.write(bytes));
    }
}
