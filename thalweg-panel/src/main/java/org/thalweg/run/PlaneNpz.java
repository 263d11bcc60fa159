package org.thalweg.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.result.Measure;
import org.thalweg.result.PlaneProfile;
import org.thalweg.result.PlaneProfile.Corner;
import org.thalweg.result.PlaneProfile.CurvePoint;

/**
 * A plane as {@code plane.npz} of Garipov's program (dnn-mode-connectivity), which its plotting scripts read: G×G arrays whose
 * first index is x, accuracies in percent where there are such, losses with and without the L2 term. Beside its arrays: {@code curve_distance}, how
 * far from the plane the path goes, and {@code weight_decay}.
 */
public final class PlaneNpz {
    private PlaneNpz() {}

    /** Writes the file. */
    public static void write(Path file, PlaneProfile plane) throws IOException {
        arrays(plane).write(file);
    }

    static NpzArrays arrays(PlaneProfile plane) {
        NpzArrays arrays = new NpzArrays();
        List<CurvePoint> curve = plane.curve();
        arrays.vector("ts", curve.stream().map(CurvePoint::t).toList());
        Corner a = plane.corners().get(0);
        Corner b = plane.corners().get(1);
        Corner c = plane.corners().get(2);
        // its plotter takes rows 0 and 2 for the ends and row 1 for the bend
        arrays.put("bend_coordinates", List.of(a.x(), a.y(), c.x(), c.y(), b.x(), b.y()), 3, 2);
        List<Double> pairs = new ArrayList<>();
        curve.forEach(point -> pairs.addAll(List.of(point.x(), point.y())));
        arrays.put("curve_coordinates", pairs, curve.size(), 2);
        arrays.vector("alphas", plane.xs().stream().map(x -> x / b.x()).toList());
        arrays.vector("betas", plane.rows().stream().map(row -> row.y() / c.y()).toList());
        List<Double> grid = new ArrayList<>();
        plane.xs().forEach(x -> plane.rows().forEach(row -> grid.addAll(List.of(x, row.y()))));
        arrays.put("grid", grid, plane.xs().size(), plane.rows().size(), 2);
        split(arrays, "tr", plane, Measure.TRAIN_LOSS, Measure.TRAIN_ACCURACY);
        split(arrays, "te", plane, Measure.TEST_LOSS, Measure.TEST_ACCURACY);
        arrays.vector("curve_distance", curve.stream().map(CurvePoint::distance).toList());
        arrays.scalar("weight_decay", plane.weightDecay());
        return arrays;
    }

    private static void split(NpzArrays arrays, String split, PlaneProfile plane, Measure loss, Measure accuracy) {
        int[] shape = {plane.xs().size(), plane.rows().size()};
        Optional<List<Double>> acc = plane.loss().hasAccuracy() ? Optional.of(byX(plane, accuracy)) : Optional.empty();
        List<Double> nll = byX(plane, loss);
        List<Double> total = new ArrayList<>();
        for (int x = 0; x < plane.xs().size(); x++) {
            for (PlaneProfile.Row row : plane.rows()) {
                // its planes add the norms of the tensors, not their squares
                double decay = plane.weightDecay() / 2 * row.norms().get(x);
                total.add(nll.get(total.size()) + decay);
            }
        }
        arrays.put(split + "_loss", total, shape);
        acc.ifPresent(values -> arrays.put(split + "_acc", values, shape));
        arrays.put(split + "_nll", nll, shape);
        acc.ifPresent(values -> arrays.put(
                split + "_err", values.stream().map(value -> 100 - value).toList(), shape));
    }

    private static List<Double> byX(PlaneProfile plane, Measure measure) {
        List<Double> values = new ArrayList<>();
        for (int x = 0; x < plane.xs().size(); x++) {
            for (PlaneProfile.Row row : plane.rows()) {
                values.add(measure.shown(row.measures().get(x).get(measure)));
            }
        }
        return values;
    }
}
