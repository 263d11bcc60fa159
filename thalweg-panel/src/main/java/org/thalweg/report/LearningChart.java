package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.panel.LearningCurve;
import org.thalweg.report.Plot.Stroke;

/** Training loss of each network by epoch: whether the end points are trained out. */
final class LearningChart {
    private static final int HEIGHT = 160;

    private LearningChart() {}

    static Chart of(Map<String, LearningCurve> curves) {
        Plot plot = new Plot(List.copyOf(curves.keySet()));
        plot.tellAllAtX();
        plot.keepLegend();
        int grid = plot.grid("Training loss of each network", HEIGHT, "epoch");
        plot.y(grid).put("type", "log");
        plot.x(grid).put("min", 1);
        DataTable data = new DataTable("network", "epoch", "trainLoss");
        int number = 0;
        for (Map.Entry<String, LearningCurve> curve : curves.entrySet()) {
            List<Double> losses = curve.getValue().losses();
            List<double[]> line = new ArrayList<>();
            for (int i = 0; i < losses.size(); i++) {
                line.add(new double[] {i + 1, losses.get(i)});
                data.add(curve.getKey(), i + 1, losses.get(i));
            }
            plot.line(grid, Stroke.network(curve.getKey(), number++), line);
        }
        return plot.chart(
                "learning",
                "Learning curves",
                "Mean training loss of each epoch, as the steps saw it (with augmentation and dropout, where the recipe has"
                        + " them), logarithmic.",
                data);
    }
}
