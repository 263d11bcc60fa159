package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.thalweg.report.Plot.Stroke;
import org.thalweg.result.Measure;
import org.thalweg.result.Measures;
import org.thalweg.result.PlaneProfile;
import org.thalweg.result.PlaneProfile.Corner;

/**
 * A plane as contours whose levels stand closer where it is low, as Garipov et al. 2018 (arXiv:1802.10026) draw it: between
 * minimum m and cap M at m + exp(a + k (ln(M−m) − a)/N), k = 0 … N. Colours are those of viridis, which colour-blind readers can
 * follow.
 *
 * @param id name of its files
 * @param title what it shows
 * @param cap M, if the grid goes beyond, unless the networks come near it
 * @param offset a, how close the lowest levels stand
 * @param value what is drawn
 */
record PlaneChart(String id, String title, double cap, double offset, ToDoubleFunction<Measures> value) {
    /** The planes that Garipov's program draws. */
    private static final List<PlaneChart> OF_CLASSES = List.of(
            new PlaneChart("train_loss_plane", "Training loss on the plane", 5, -5, Measures::trainLoss),
            new PlaneChart(
                    "test_error_plane", "Test error (%) on the plane", 40, -1, m -> 100 * (1 - m.testAccuracy())));

    /** A plane that is flatter or steeper than this is not drawn to one scale: nothing could be seen in it. */
    private static final double MOST_ASPECT = 2;

    private static final int STEPS = 7;
    private static final List<String> VIRIDIS =
            List.of("#440154", "#46327e", "#365c8d", "#277f8e", "#1fa187", "#4ac16d", "#a0da39", "#d8e219", "#fde725");

    /** Returns the charts of a plane. */
    static List<Chart> charts(PlaneProfile plane) {
        List<PlaneChart> charts = plane.loss().hasAccuracy() ? OF_CLASSES : ofTargets(plane);
        return charts.stream().map(chart -> chart.of(plane)).toList();
    }

    /** Targets have a unit, so levels are set by the highest loss of the three networks: to 100 times that, closest at 1/100. */
    private static List<PlaneChart> ofTargets(PlaneProfile plane) {
        double highest = plane.corners().stream()
                .mapToDouble(corner -> corner.measures().trainLoss())
                .max()
                .orElseThrow();
        double unit = highest > 0 ? highest : 1;
        double offset = Math.log(unit / 100);
        return List.of(
                new PlaneChart(
                        "train_loss_plane", "Training loss on the plane", 100 * unit, offset, Measures::trainLoss),
                new PlaneChart("test_loss_plane", "Test loss on the plane", 100 * unit, offset, Measures::testLoss));
    }

    private Chart of(PlaneProfile plane) {
        List<List<Double>> values = plane.rows().stream()
                .map(row -> row.measures().stream().map(value::applyAsDouble).toList())
                .toList();
        List<Double> levels = levels(values, cap(plane));
        List<String> texts = texts(levels);
        List<String> bands = new ArrayList<>();
        for (int k = 0; k <= levels.size(); k++) {
            bands.add(k == 0 ? "< " + texts.get(0) : "> " + texts.get(k - 1));
        }
        Plot plot = new Plot(bands);
        plot.keepLegend();
        int grid = plot.square(title, aspect(plane), "distance of weights");
        axes(plot, grid, plane);
        Contours contours = new Contours(
                plane.xs(), plane.rows().stream().map(PlaneProfile.Row::y).toList(), values);
        fill(plot, grid, bands.get(0), 0, contours.above(Double.NEGATIVE_INFINITY));
        for (int k = 1; k <= levels.size(); k++) {
            fill(plot, grid, bands.get(k), k, contours.above(levels.get(k - 1)));
            plot.shape(grid, stroke(bands.get(k), k), "", false, contours.lines(levels.get(k - 1)))
                    .put("fill", "none")
                    .put("stroke", VIRIDIS.get(k))
                    .put("lineWidth", 1.6);
        }
        path(plot, grid, plane);
        return plot.chart(id, title, caption(plane), data(plane));
    }

    private static Stroke stroke(String band, int k) {
        return new Stroke(band, VIRIDIS.get(k), "rect", "", "solid");
    }

    private static void fill(Plot plot, int grid, String band, int k, List<List<double[]>> region) {
        plot.shape(grid, stroke(band, k), "", true, region)
                .put("fill", VIRIDIS.get(k))
                .put("stroke", "none");
    }

    /** Returns height by width: both axes are distances of weights. */
    private static double aspect(PlaneProfile plane) {
        List<Double> ys = plane.rows().stream().map(PlaneProfile.Row::y).toList();
        double aspect = extent(ys) / extent(plane.xs());
        return Math.min(MOST_ASPECT, Math.max(1 / MOST_ASPECT, aspect));
    }

    private static double extent(List<Double> positions) {
        return positions.get(positions.size() - 1) - positions.get(0);
    }

    /** Returns levels with as many digits as tell them apart. */
    static List<String> texts(List<Double> levels) {
        List<String> texts = List.of();
        for (int more = 0; more < 4 && texts.stream().distinct().count() < levels.size(); more++) {
            int digits = more;
            texts = levels.stream().map(level -> text(level, digits)).toList();
        }
        return texts;
    }

    private static String text(double level, int more) {
        int digits = more + (level < 0.1 ? 3 : level < 10 ? 2 : 1);
        return String.format(Locale.ROOT, "%." + digits + "f", level);
    }

    /** Returns M, beyond the networks themselves: poor ones would else lie above all levels. */
    private double cap(PlaneProfile plane) {
        double worst = plane.corners().stream()
                .mapToDouble(corner -> value.applyAsDouble(corner.measures()))
                .max()
                .orElseThrow();
        return Math.max(cap, 1.5 * worst);
    }

    private List<Double> levels(List<List<Double>> values, double cap) {
        double least = values.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        double most = values.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        double range = Math.max(Math.min(most, cap) - least, Math.exp(offset) * 1.01); // of a flat plane too
        List<Double> levels = new ArrayList<>();
        for (int k = 0; k <= STEPS; k++) {
            levels.add(least + Math.exp(offset + k * (Math.log(range) - offset) / STEPS));
        }
        return levels;
    }

    private static void axes(Plot plot, int grid, PlaneProfile plane) {
        List<Double> xs = plane.xs();
        List<PlaneProfile.Row> rows = plane.rows();
        plot.x(grid).put("min", Plot.rounded(xs.get(0))).put("max", Plot.rounded(xs.get(xs.size() - 1)));
        plot.y(grid)
                .put("min", Plot.rounded(rows.get(0).y()))
                .put("max", Plot.rounded(rows.get(rows.size() - 1).y()));
        plot.roundLabels(grid);
    }

    private static void path(Plot plot, int grid, PlaneProfile plane) {
        Corner a = plane.corners().get(0);
        Corner b = plane.corners().get(1);
        Corner c = plane.corners().get(2);
        Stroke black = new Stroke("", "#000000", "circle", "", "solid");
        Stroke white = new Stroke("", "#ffffff", "circle", "", "dashed");
        plot.line(grid, white, List.of(at(a), at(b))).put("showSymbol", false);
        List<double[]> line = plane.curve().stream()
                .map(point -> new double[] {point.x(), point.y()})
                .toList();
        plot.line(grid, black, line).put("showSymbol", false).put("z", 3);
        List<Corner> corners = List.of(a, b, c);
        for (Corner corner : corners) {
            Stroke mark = new Stroke(corner.name(), "#000000", corner.equals(c) ? "diamond" : "circle", "", "solid");
            plot.points(grid, mark, 11, List.<double[]>of(at(corner)))
                    .putObject("label")
                    .put("show", true)
                    .put("formatter", "{a}")
                    .put("position", corner.equals(c) ? "top" : "bottom")
                    .put("color", "#ffffff")
                    .put("backgroundColor", "rgba(0,0,0,0.55)") // levels may be as bright
                    .put("borderRadius", 3)
                    .putArray("padding")
                    .add(2)
                    .add(4);
        }
    }

    /** Returns what the plane says, in a sentence. */
    static String sentence(PlaneProfile plane, String data) {
        double lowest = plane.rows().stream()
                .flatMap(row -> row.measures().stream())
                .mapToDouble(Measures::trainLoss)
                .min()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "On %s the lowest training loss of the grid is %.4f; the three networks have %s.",
                data,
                lowest,
                plane.corners().stream()
                        .map(corner -> String.format(
                                Locale.ROOT, "%.4f", corner.measures().trainLoss()))
                        .collect(Collectors.joining(", ")));
    }

    /** Returns the heads of the page's table of networks. */
    static List<String> heads(PlaneProfile plane) {
        List<String> heads = new ArrayList<>(List.of("network", "x", "y"));
        for (Measure measure : plane.loss().measures()) {
            heads.add(measure.split() + (measure.isLoss() ? " loss" : " accuracy %"));
        }
        return heads;
    }

    /** Returns a network as a row under {@link #heads}. */
    static List<String> row(Corner corner) {
        List<String> row = new ArrayList<>(List.of(
                corner.name(),
                String.format(Locale.ROOT, "%.2f", corner.x()),
                String.format(Locale.ROOT, "%.2f", corner.y())));
        corner.measures().values().forEach((measure, value) -> row.add(measure.text(value)));
        return row;
    }

    private static double[] at(Corner corner) {
        return new double[] {corner.x(), corner.y()};
    }

    private static String caption(PlaneProfile plane) {
        double distance = plane.greatestDistance();
        return "Solid: the path, projected; dashed: the straight line. "
                + (distance < 1e-3
                        ? "The path lies in the plane."
                        : String.format(
                                Locale.ROOT,
                                "The path leaves the plane by up to %.1f (its ends are %.1f apart).",
                                distance,
                                plane.corners().get(1).x()))
                + " Levels stand closer where it is low."
                + plane.statistics()
                        .map(policy -> " Statistics of batch norms off the networks: " + policy + ".")
                        .orElse("");
    }

    private static DataTable data(PlaneProfile plane) {
        List<String> heads = new ArrayList<>(List.of("x", "y"));
        plane.loss().measures().forEach(measure -> heads.add(measure.key()));
        DataTable data = new DataTable(heads.toArray(String[]::new));
        for (PlaneProfile.Row row : plane.rows()) {
            for (int i = 0; i < plane.xs().size(); i++) {
                List<Object> cells = new ArrayList<>(List.of(plane.xs().get(i), row.y()));
                cells.addAll(row.measures().get(i).values().values());
                data.add(cells.toArray());
            }
        }
        return data;
    }
}
