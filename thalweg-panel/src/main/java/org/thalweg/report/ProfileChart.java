package org.thalweg.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Measure;
import org.thalweg.result.ProfilePoint;
import org.thalweg.run.Numbers;
import org.thalweg.run.PathResult;

/**
 * Loss and accuracy along each method's own curve, methods overlaid: mean over pairs as a strong line, pairs as faint ones,
 * training solid, test dashed. The own curve is what tables compare; other legs would shift methods against each other,
 * because the legs of a path share [0, 1].
 */
final class ProfileChart {
    static final int WIDTH = 960;
    static final int HEIGHT = 640;

    /** Okabe and Ito's colours, told apart by colour-blind readers too. */
    private static final List<String> COLOURS =
            List.of("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8C6BB1", "#666666");

    private static final int MOST_FAINT = 30;

    private ProfileChart() {}

    /** Returns the option for the results of these methods, in their order. */
    static ObjectNode option(List<String> methods, List<PathResult> results) {
        ObjectNode option = Numbers.MAPPER.createObjectNode();
        option.put("animation", false).put("backgroundColor", "#ffffff");
        option.putObject("textStyle").put("fontFamily", "Helvetica, Arial, sans-serif");
        ArrayNode titles = option.putArray("title");
        title(titles, "Loss (cross-entropy)", 34);
        title(titles, "Accuracy (%)", 334);
        ObjectNode legend = option.putObject("legend");
        legend.put("top", 4).put("itemWidth", 28);
        methods.forEach(legend.putArray("data")::add);
        ArrayNode grids = option.putArray("grid");
        grids.addObject().put("left", 70).put("right", 30).put("top", 62).put("height", 220);
        grids.addObject().put("left", 70).put("right", 30).put("top", 362).put("height", 220);
        axes(option);
        ArrayNode series = option.putArray("series");
        for (int i = 0; i < methods.size(); i++) {
            String method = methods.get(i);
            List<LegProfile> curves = results.stream()
                    .filter(r -> r.method().equals(method))
                    .map(r -> r.profile().curve())
                    .toList();
            if (!curves.isEmpty()) {
                lines(series, method, COLOURS.get(i % COLOURS.size()), curves);
            }
        }
        return option;
    }

    private static void title(ArrayNode titles, String text, int top) {
        titles.addObject()
                .put("text", text)
                .put("left", 70)
                .put("top", top)
                .putObject("textStyle")
                .put("fontSize", 14)
                .put("fontWeight", "normal");
    }

    private static void axes(ObjectNode option) {
        ArrayNode x = option.putArray("xAxis");
        ArrayNode y = option.putArray("yAxis");
        for (int grid = 0; grid < 2; grid++) {
            ObjectNode axis = x.addObject();
            axis.put("type", "value").put("gridIndex", grid).put("min", 0).put("max", 1);
            axis.put("name", grid == 0 ? "" : "t on the method's own curve (solid: training, dashed: test)")
                    .put("nameLocation", "middle")
                    .put("nameGap", 26);
            axis.putObject("splitLine").put("show", false);
            ObjectNode values = y.addObject();
            values.put("gridIndex", grid).put("scale", true).put("type", "value");
            values.putObject("splitLine").putObject("lineStyle").put("color", "#e6e6e6");
        }
    }

    private static void lines(ArrayNode series, String method, String colour, List<LegProfile> curves) {
        for (Measure measure : Measure.values()) {
            List<double[]> mean = new ArrayList<>();
            int points = curves.get(0).points().size();
            for (int i = 0; i < points; i++) {
                double sum = 0;
                for (LegProfile curve : curves) {
                    sum += value(curve.points().get(i), measure);
                }
                mean.add(new double[] {position(curves.get(0), i), sum / curves.size()});
            }
            line(series, method, colour, measure, mean, 2, 1);
            if (curves.size() > 1
                    && curves.size() <= MOST_FAINT
                    && measure.key().startsWith("train")) {
                curves.forEach(curve -> line(series, method, colour, measure, single(curve, measure), 1, 0.25));
            }
        }
    }

    private static List<double[]> single(LegProfile curve, Measure measure) {
        List<double[]> line = new ArrayList<>();
        for (int i = 0; i < curve.points().size(); i++) {
            line.add(new double[] {position(curve, i), value(curve.points().get(i), measure)});
        }
        return line;
    }

    private static double position(LegProfile leg, int point) {
        return (leg.points().get(point).t() - leg.from()) / (leg.to() - leg.from());
    }

    private static double value(ProfilePoint point, Measure measure) {
        double value = point.measures().get(measure);
        return measure.isLoss() ? value : 100 * value;
    }

    private static void line(
            ArrayNode series,
            String method,
            String colour,
            Measure measure,
            List<double[]> points,
            double width,
            double opacity) {
        int grid = measure.isLoss() ? 0 : 1;
        ObjectNode line = series.addObject();
        line.put("type", "line").put("name", method).put("showSymbol", false);
        line.put("xAxisIndex", grid).put("yAxisIndex", grid).put("silent", true);
        line.putObject("itemStyle").put("color", colour);
        line.putObject("lineStyle")
                .put("color", colour)
                .put("width", width)
                .put("opacity", opacity)
                .put("type", measure.key().startsWith("train") ? "solid" : "dashed");
        ArrayNode data = line.putArray("data");
        points.forEach(p -> data.addArray().add(p[0]).add(p[1]));
    }
}
