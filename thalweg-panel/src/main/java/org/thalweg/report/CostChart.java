package org.thalweg.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.thalweg.report.Plot.Stroke;
import org.thalweg.result.Loss;
import org.thalweg.result.Measure;
import org.thalweg.result.Spread;
import org.thalweg.run.PathResult;
import org.thalweg.run.Seconds;

/** What a method's quality costs: worst accuracy, or loss where there is none, on the whole path against the seconds that connecting a pair takes. */
final class CostChart {
    private static final int HEIGHT = 260;

    /** A path that took less was not measured: clocks and warm-up decide. */
    private static final double LEAST_SECONDS = 0.001;

    private CostChart() {}

    /** Returns the chart of the methods whose times are known. */
    static Chart of(List<String> methods, List<PathResult> results, Map<String, Seconds> seconds) {
        Plot plot = new Plot(methods);
        Loss loss = results.get(0).data().loss();
        String what = loss.hasAccuracy() ? "accuracy" : "loss";
        String title = "Worst " + what + " on the whole path" + (loss.hasAccuracy() ? " (%)" : "");
        int grid = plot.grid(title, HEIGHT, "seconds to connect a pair, without measuring");
        plot.x(grid).put("type", "log");
        plot.x(grid).putObject("splitLine").put("show", true);
        DataTable data = new DataTable(
                "method",
                "pairs",
                "connectSeconds",
                loss.leadingOnTrain().key() + "Worst",
                loss.leadingOnTest().key() + "Worst");
        for (String method : methods) {
            List<PathResult> own = new ArrayList<>();
            List<Double> times = new ArrayList<>();
            for (PathResult result : results) {
                Seconds time = seconds.get(result.pair() + "/" + method);
                if (result.method().equals(method) && time != null) {
                    own.add(result);
                    times.add(time.connect());
                }
            }
            if (!own.isEmpty()) {
                double time = Math.max(LEAST_SECONDS, mean(times));
                double train = worst(own, loss.leadingOnTrain());
                double test = worst(own, loss.leadingOnTest());
                label(plot.points(grid, Stroke.of(method, "train"), 12, at(time, train)));
                plot.points(grid, Stroke.of(method, "test"), 11, at(time, test));
                data.add(method, own.size(), time, train, test);
            }
        }
        return plot.chart(
                "cost",
                loss.hasAccuracy() ? "Accuracy against cost" : "Loss against cost",
                "Mean over pairs; training filled, test hollow. " + (loss.hasAccuracy() ? "Higher" : "Lower")
                        + " and further left is better; seconds are wall time on the machine of the run, with other cells beside.",
                data);
    }

    private static void label(ObjectNode point) {
        ObjectNode label = point.putObject("label");
        label.put("show", true).put("formatter", "{a}").put("position", "top").put("fontSize", 11);
        point.putObject("labelLayout").put("hideOverlap", true); // the legend names them too
    }

    private static List<double[]> at(double x, double y) {
        List<double[]> point = new ArrayList<>();
        point.add(new double[] {x, y});
        return point;
    }

    private static double worst(List<PathResult> results, Measure measure) {
        return mean(results.stream()
                .map(r -> measure.shown(r.profile().worst().get(measure).value()))
                .toList());
    }

    private static double mean(List<Double> values) {
        return Spread.of(values).mean();
    }
}
