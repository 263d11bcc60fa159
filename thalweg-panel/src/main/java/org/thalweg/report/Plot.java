package org.thalweg.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.run.Numbers;

/**
 * A specification under construction: grids one below the other under a legend of methods. Distances are fixed in pixels, so
 * that the same specification fills a page and a column. One thread.
 */
final class Plot {
    /** Width of a static figure: text of 12 pixels is then readable in a column of a paper. */
    static final int WIDTH = 560;

    private static final int LEFT = 66;
    private static final int RIGHT = 18;
    private static final int LEGEND_GAP = 24; // as figures are drawn with fonts wider than they are laid out for
    private static final int LEGEND_LINE = 14 + LEGEND_GAP; // a symbol and the gap to the next line, which is as wide
    private static final int LEGEND_BELOW = 12; // from its last line to the first grid

    /** Room over a grid: its title, and below that the names of legs. */
    private static final int TITLE = 36;

    private static final int MOST_SYMBOLS = 30;

    private final ObjectNode option = Numbers.MAPPER.createObjectNode();
    private final ArrayNode titles;
    private final ArrayNode grids;
    private final ArrayNode xAxes;
    private final ArrayNode yAxes;
    private final ArrayNode series;
    private int bottom;

    /** Begins with a legend of these methods. */
    Plot(List<String> methods) {
        option.put("animation", false);
        ObjectNode legend = option.putObject("legend");
        legend.put("top", 2)
                .put("left", LEFT - 10)
                .put("right", 10)
                .put("itemWidth", 20)
                .put("itemGap", LEGEND_GAP);
        methods.forEach(legend.putArray("data")::add);
        option.putObject("tooltip").put("trigger", "item");
        titles = option.putArray("title");
        grids = option.putArray("grid");
        xAxes = option.putArray("xAxis");
        yAxes = option.putArray("yAxis");
        series = option.putArray("series");
        int lines = legendLines(methods);
        bottom = 2 + (lines == 0 ? 0 : LEGEND_LINE * lines - LEGEND_GAP + LEGEND_BELOW);
    }

    private static int legendLines(List<String> methods) {
        int lines = methods.isEmpty() ? 0 : 1;
        int used = 0;
        for (String method : methods) {
            int width = 20 + 5 + 7 * method.length() + LEGEND_GAP; // symbol, gap, text of 12 pixels, gap
            used += width;
            if (used > WIDTH - LEFT && used > width) {
                lines++;
                used = width;
            }
        }
        return lines;
    }

    /** Adds a grid below the others; the axes can be changed through {@link #x} and {@link #y}. Returns its number. */
    int grid(String title, int height, String xName) {
        int grid = grids.size();
        titles.addObject().put("text", title).put("left", LEFT - 8).put("top", bottom + 2);
        grids.addObject()
                .put("left", LEFT)
                .put("right", RIGHT)
                .put("top", bottom + TITLE)
                .put("height", height);
        ObjectNode x = xAxes.addObject();
        x.put("type", "value").put("gridIndex", grid);
        x.putObject("splitLine").put("show", false);
        x.putObject("axisLine").put("onZero", false);
        if (!xName.isEmpty()) {
            x.put("name", xName).put("nameLocation", "middle").put("nameGap", 27);
        }
        ObjectNode y = yAxes.addObject();
        y.put("type", "value").put("gridIndex", grid).put("scale", true).put("splitNumber", 4);
        y.putObject("axisLine").put("onZero", false);
        bottom += TITLE + height + (xName.isEmpty() ? 26 : 46);
        return grid;
    }

    /** Adds a grid whose height stays that share of its width, in a page of any width too. Returns its number. */
    int square(String title, double aspect, String xName) {
        int grid = grid(title, (int) Math.round(aspect * (WIDTH - LEFT - RIGHT)), xName);
        ((ObjectNode) grids.get(grid)).put("aspect", aspect);
        return grid;
    }

    /** Leaves more room below the last grid. */
    void leave(int pixels) {
        bottom += pixels;
    }

    ObjectNode x(int grid) {
        return (ObjectNode) xAxes.get(grid);
    }

    ObjectNode y(int grid) {
        return (ObjectNode) yAxes.get(grid);
    }

    /** The legend names no methods: the page, too, shows it. */
    void keepLegend() {
        ((ObjectNode) option.get("legend")).put("keep", true);
    }

    /** Axes that begin and end at odd numbers do not print them. */
    void roundLabels(int grid) {
        for (ObjectNode axis : List.of(x(grid), y(grid))) {
            axis.putObject("axisLabel").put("showMinLabel", false).put("showMaxLabel", false);
        }
    }

    /** The pointer over a grid tells all lines at its x. */
    void tellAllAtX() {
        ((ObjectNode) option.get("tooltip")).put("trigger", "axis");
    }

    private ObjectNode series(int grid, String type, String name) {
        ObjectNode added = series.addObject();
        added.put("type", type).put("name", name).put("xAxisIndex", grid).put("yAxisIndex", grid);
        return added;
    }

    /** Adds a series without points, to hold marks of the axes. */
    ObjectNode frame(int grid) {
        ObjectNode frame = series(grid, "line", "");
        frame.putArray("data");
        return frame;
    }

    /** Marks stretches of a frame's x axis by their names, above it, and by shading. */
    void stretches(ObjectNode frame, List<LegAxis.Stretch> stretches) {
        ObjectNode areas = frame.putObject("markArea").put("silent", true);
        areas.putObject("label")
                .put("position", "top")
                .put("distance", 2)
                .put("fontSize", 11)
                .put("color", MethodStyle.NEUTRAL);
        ArrayNode all = areas.putArray("data");
        boolean shaded = false;
        for (LegAxis.Stretch stretch : stretches) {
            ArrayNode corners = all.addArray();
            ObjectNode from = corners.addObject().put("xAxis", stretch.from()).put("name", stretch.leg());
            from.putObject("itemStyle").put("color", shaded ? "rgba(128,128,128,0.10)" : "rgba(128,128,128,0.02)");
            corners.addObject().put("xAxis", stretch.to());
            shaded = !shaded;
        }
    }

    /** Says what hides a series in the page: its method, its split, or the part of the chart that it is. */
    private static void tag(ObjectNode series, String method, String split, String part) {
        series.putObject("tag").put("method", method).put("split", split).put("part", part);
    }

    /** How a line is drawn. */
    record Stroke(String method, String colour, String symbol, String split, String dash) {
        static Stroke of(String method, String split) {
            MethodStyle style = MethodStyle.of(method);
            return new Stroke(method, style.colour(), style.symbol(), split, split.equals("test") ? "dashed" : "solid");
        }

        /** Networks are no methods: greys, told apart by their symbols. */
        static Stroke network(String name, int number) {
            List<String> greys = List.of("#5a5a5a", "#8c8c8c", "#767676", "#a2a2a2");
            List<String> symbols = List.of("circle", "triangle", "rect", "diamond");
            return new Stroke(
                    name, greys.get(number % greys.size()), symbols.get(number / 2 % symbols.size()), "", "solid");
        }

        static Stroke neutral(String name) {
            return new Stroke(name, MethodStyle.NEUTRAL, "circle", "", "dotted");
        }
    }

    /** Adds a line; NaN breaks it. Where it has few points each has a symbol. */
    ObjectNode line(int grid, Stroke stroke, List<double[]> points) {
        ObjectNode line = series(grid, "line", stroke.method());
        tag(line, stroke.method(), stroke.split(), "");
        line.put("showSymbol", points.size() <= MOST_SYMBOLS)
                .put("symbol", stroke.symbol())
                .put("symbolSize", 5);
        line.putObject("itemStyle").put("color", stroke.colour());
        line.putObject("lineStyle")
                .put("color", stroke.colour())
                .put("width", 1.8)
                .put("type", stroke.dash());
        data(line, points);
        return line;
    }

    /** Adds points without a line, hollow for test examples. */
    ObjectNode points(int grid, Stroke stroke, int size, List<double[]> points) {
        ObjectNode scatter = series(grid, "scatter", stroke.method());
        tag(scatter, stroke.method(), stroke.split(), "");
        scatter.put("symbol", stroke.symbol()).put("symbolSize", size).put("z", 4);
        boolean hollow = stroke.split().equals("test");
        scatter.putObject("itemStyle")
                .put("color", hollow ? "rgba(128,128,128,0)" : stroke.colour())
                .put("borderColor", stroke.colour())
                .put("borderWidth", 1.5)
                .put("opacity", 0.9);
        data(scatter, points);
        return scatter;
    }

    /** Adds polygons filled with the method's colour; hidden with a part of the chart. */
    void band(int grid, Stroke stroke, String part, List<List<double[]>> rings) {
        ObjectNode style = shape(grid, stroke, part, true, rings);
        style.put("fill", stroke.colour()).put("opacity", 0.13);
    }

    /** Adds polygons or, not closed, polylines, and returns how they are drawn, to be filled in. */
    ObjectNode shape(int grid, Stroke stroke, String part, boolean closed, List<List<double[]>> rings) {
        ObjectNode custom = series(grid, "custom", stroke.method());
        tag(custom, stroke.method(), stroke.split(), part);
        custom.putObject("itemStyle").put("color", stroke.colour()); // of the legend
        custom.put("clip", true).put("silent", true).put("closed", closed).put("z", 1);
        custom.putObject("tooltip").put("show", false);
        ObjectNode style = custom.putObject("style");
        ArrayNode all = custom.putArray("rings");
        List<double[]> corners = new ArrayList<>();
        for (List<double[]> ring : rings) {
            ArrayNode one = all.addArray();
            ring.forEach(point -> one.addArray().add(rounded(point[0])).add(rounded(point[1])));
            corners.addAll(ring);
        }
        data(custom, extremes(corners)); // what the axes must hold
        return style;
    }

    private static List<double[]> extremes(List<double[]> points) {
        double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
        double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (double[] point : points) {
            for (int i = 0; i < 2; i++) {
                low[i] = Math.min(low[i], point[i]);
                high[i] = Math.max(high[i], point[i]);
            }
        }
        return points.isEmpty() ? List.of() : List.of(low, high);
    }

    private static void data(ObjectNode series, List<double[]> points) {
        ArrayNode data = series.putArray("data");
        points.forEach(point -> {
            ArrayNode pair = data.addArray().add(rounded(point[0]));
            if (Double.isNaN(point[1])) {
                pair.add("-");
            } else {
                pair.add(rounded(point[1]));
            }
        });
    }

    /** Six digits are more than a figure shows, and half of the page's size; the CSV has them all. */
    static double rounded(double value) {
        return value == 0 || !Double.isFinite(value)
                ? value
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(6))
                        .doubleValue();
    }

    /** Returns the finished chart. */
    Chart chart(String id, String title, String caption, DataTable data) {
        return new Chart(id, title, caption, option, bottom + 6, data);
    }
}
