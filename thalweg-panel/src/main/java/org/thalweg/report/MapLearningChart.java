package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.thalweg.learn.Round;
import org.thalweg.report.Plot.Stroke;

/**
 * The learning curves of a map, one below the other over the steps: what is minimised, the likelihood of unseen neurons, and
 * the worst loss along the path between unseen networks. A better likelihood is not a better path; both are shown.
 */
final class MapLearningChart {
    private static final int HEIGHT = 130;

    private MapLearningChart() {}

    static Chart of(String method, List<Round> rounds) {
        Plot plot = new Plot(List.of(method));
        DataTable data = new DataTable("steps", "curve", "value");
        curve(plot, data, method, "What training minimises", rounds, Round::trainingLoss);
        curve(plot, data, method, "Log-likelihood of a validation network's neuron", rounds, Round::logLikelihood);
        curve(plot, data, method, "Worst loss between the validation networks", rounds, Round::worstLoss);
        return plot.chart(
                "learning",
                "Learning curves",
                "A point per round of " + method + ". A better likelihood is not a better path.",
                data);
    }

    private static void curve(
            Plot plot, DataTable data, String method, String title, List<Round> rounds, ToDoubleFunction<Round> value) {
        int grid = plot.grid(title, HEIGHT, title.startsWith("Worst") ? "steps" : "");
        List<double[]> points = new ArrayList<>();
        for (Round round : rounds) {
            double y = value.applyAsDouble(round);
            points.add(new double[] {round.steps(), Double.isFinite(y) ? y : Double.NaN});
            data.add(round.steps(), title, y);
        }
        plot.line(grid, Stroke.of(method, "train"), points);
    }
}
