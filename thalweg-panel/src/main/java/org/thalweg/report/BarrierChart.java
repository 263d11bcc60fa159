package org.thalweg.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.report.Plot.Stroke;
import org.thalweg.result.Barriers;
import org.thalweg.result.Loss;
import org.thalweg.result.Measure;
import org.thalweg.run.PathResult;

/** How far each path rises above its worse end, a dot per pair: nothing is hidden in a mean. */
final class BarrierChart {
    private static final int HEIGHT = 130;
    private static final int MOST_UPRIGHT = 6;
    private static final int TILT = 30;

    /** What tilted names need below an axis besides the room of upright ones. */
    private static final int TILTED = 26;

    private BarrierChart() {}

    static Chart of(List<String> methods, List<PathResult> results) {
        Plot plot = new Plot(methods);
        Loss measured = results.get(0).data().loss();
        MeasureGrids grids = MeasureGrids.in(
                plot, measured, "Loss above the worse end", "Accuracy lost below the worse end (% points)", HEIGHT, "");
        DataTable data = new DataTable("method", "pair", "measure", "worseEnd", "mean", "interpolated");
        for (int grid : grids.all()) {
            plot.y(grid).put("min", 0).put("scale", false);
            ObjectNode x = plot.x(grid);
            x.put("type", "category");
            x.putObject("axisLabel")
                    .put("show", grids.isLast(grid)) // the same names stand below both
                    .put("interval", 0)
                    .put("hideOverlap", false)
                    .put("rotate", methods.size() > MOST_UPRIGHT ? TILT : 0);
            ArrayNode names = x.putArray("data");
            methods.forEach(names::add);
        }
        plot.leave(methods.size() > MOST_UPRIGHT ? TILTED : 0);
        for (int i = 0; i < methods.size(); i++) {
            String method = methods.get(i);
            for (Measure measure : measured.measures()) {
                List<double[]> dots = new ArrayList<>();
                List<PathResult> own =
                        results.stream().filter(r -> r.method().equals(method)).toList();
                for (PathResult pair : own) {
                    Barriers barriers = pair.profile().barriers();
                    double value = measure.shown(barriers.worseEnd().get(measure));
                    dots.add(new double[] {i, value});
                    data.add(
                            method,
                            pair.pair(),
                            measure.key(),
                            value,
                            measure.shown(barriers.mean().get(measure)),
                            measure.shown(barriers.interpolated().get(measure)));
                }
                String split = measure.split();
                ObjectNode points = plot.points(grids.of(measure), Stroke.of(method, split), 9, dots);
                points.putArray("symbolOffset")
                        .add(split.equals("train") ? "-70%" : "70%")
                        .add(0);
            }
        }
        return plot.chart(
                "barrier",
                "Barrier per method",
                "One dot per pair, training filled, test hollow. 0: no point of the path is worse than its worse end.",
                data);
    }
}
