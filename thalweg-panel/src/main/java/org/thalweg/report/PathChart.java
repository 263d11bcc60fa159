package org.thalweg.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.report.LegAxis.Stretch;
import org.thalweg.report.LegAxis.Theta;
import org.thalweg.report.Plot.Stroke;
import org.thalweg.result.Loss;
import org.thalweg.result.Measure;
import org.thalweg.result.Spread;
import org.thalweg.result.Worst;
import org.thalweg.run.PathResult;

/** Loss, and accuracy where there is one, along the paths: the mean over pairs as a line, the spread as a band, each pair's worst as a mark. */
final class PathChart {
    private static final int HEIGHT = 200;

    private final Plot plot;
    private final LegAxis legs;
    private final Loss measured;
    private final MeasureGrids grids;
    private final DataTable data = new DataTable("method", "leg", "t", "measure", "pairs", "mean", "sd");

    private PathChart(List<String> methods, List<PathResult> results) {
        legs = new LegAxis(results);
        plot = new Plot(methods);
        plot.tellAllAtX();
        measured = results.get(0).data().loss();
        grids = MeasureGrids.in(
                plot,
                measured,
                "Loss (" + measured.words() + ")",
                "Accuracy (%)",
                HEIGHT,
                legs.isSingle() ? "t" : "position on each leg");
        for (int grid : grids.all()) {
            ObjectNode x = plot.x(grid).put("min", 0).put("max", legs.end());
            if (!legs.isSingle()) {
                x.putObject("axisLabel").put("show", false);
                x.putObject("axisTick").put("show", false);
                markLegs(plot.frame(grid), grids.isFirst(grid));
            }
        }
    }

    static Chart of(List<String> methods, List<PathResult> results) {
        PathChart chart = new PathChart(methods, results);
        for (String method : methods) {
            List<PathResult> own =
                    results.stream().filter(r -> r.method().equals(method)).toList();
            for (Measure measure : chart.measured.measures()) {
                chart.add(method, measure, own);
            }
        }
        return chart.plot.chart("path", "Along the path", chart.caption(), chart.data);
    }

    private String caption() {
        return "Training solid, test dashed; mean over pairs, the band one standard deviation, each pair's worst point marked."
                + (legs.isSingle() ? "" : " Equal legs stand above each other, whatever part of a path they are.")
                + (legs.thetas().isEmpty()
                        ? ""
                        : " Θₖ: layers below k from B, layers above k from A, layer k adjusted.");
    }

    private void add(String method, Measure measure, List<PathResult> pairs) {
        int grid = grids.of(measure);
        List<double[]> mean = new ArrayList<>();
        List<List<double[]>> bands = new ArrayList<>();
        for (MeanProfile.Leg leg : MeanProfile.of(pairs, measure).legs()) {
            List<double[]> low = new ArrayList<>();
            List<double[]> high = new ArrayList<>();
            if (!mean.isEmpty() && legs.x(leg.name(), 0) != mean.get(mean.size() - 1)[0]) {
                mean.add(
                        new double[] {legs.x(leg.name(), 0), Double.NaN}); // past a leg that this method lacks, or back
            }
            leg.byPosition().forEach((s, spread) -> {
                double x = legs.x(leg.name(), s);
                mean.add(new double[] {x, spread.mean()});
                low.add(new double[] {x, spread.mean() - spread.sd()});
                high.add(0, new double[] {x, spread.mean() + spread.sd()});
                row(method, leg, s, measure, spread);
            });
            low.addAll(high);
            bands.add(low);
        }
        if (pairs.size() > 1) {
            plot.band(grid, Stroke.of(method, measure.split()), "spread", bands);
        }
        plot.line(grid, Stroke.of(method, measure.split()), mean).put("showSymbol", false);
        markWorst(grid, method, measure, pairs);
    }

    private void row(String method, MeanProfile.Leg leg, double s, Measure measure, Spread spread) {
        data.add(method, leg.name(), leg.t(s), measure.key(), spread.count(), spread.mean(), spread.sd());
    }

    private void markWorst(int grid, String method, Measure measure, List<PathResult> pairs) {
        List<double[]> points = new ArrayList<>();
        for (PathResult pair : pairs) {
            Worst worst = pair.profile().worst().get(measure);
            pair.profile().legs().stream()
                    .filter(leg -> leg.name().equals(worst.leg()))
                    .forEach(leg -> points.add(new double[] {
                        legs.x(leg.name(), (worst.t() - leg.from()) / (leg.to() - leg.from())),
                        measure.shown(worst.value())
                    }));
        }
        plot.points(grid, Stroke.of(method, measure.split()), 7, points)
                .withObject("/tag")
                .put("part", "worst");
    }

    /** Marks the legs, named in the upper grid, and the points between transitions. */
    private void markLegs(ObjectNode frame, boolean named) {
        boolean fits = !legs.isCrowded(); // else the marks of Θₖ tell where one is
        plot.stretches(
                frame,
                legs.stretches().stream()
                        .map(leg -> named && fits ? leg : new Stretch("", leg.from(), leg.to()))
                        .toList());
        ObjectNode lines = frame.putObject("markLine").put("silent", true).put("symbol", "none");
        lines.putObject("lineStyle").put("color", MethodStyle.NEUTRAL).put("type", "dotted");
        ArrayNode marks = lines.putArray("data");
        for (Theta theta : legs.thetas()) {
            ObjectNode mark = marks.addObject().put("xAxis", theta.x());
            mark.putObject("label").put("formatter", named ? theta.name() : "").put("color", MethodStyle.NEUTRAL);
        }
    }
}
