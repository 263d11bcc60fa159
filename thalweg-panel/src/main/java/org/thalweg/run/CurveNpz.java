package org.thalweg.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.evaluate.PathWeights;
import org.thalweg.network.Provenance;
import org.thalweg.result.Measure;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.train.Recipe;

/**
 * A measured path as {@code curve.npz} of Garipov's program (dnn-mode-connectivity), which its plotting scripts read: arrays over
 * T points, accuracies in percent where there are such, losses with and without the L2 term λ/2 ‖w‖². Beside its arrays {@code leg_starts}, t where
 * legs begin, and {@code weight_decay}.
 */
public final class CurveNpz {
    /** Weight decay where the networks do not say with which they were trained, as Garipov's program has it. */
    private static final double USUAL_DECAY = 1e-4;

    private CurveNpz() {}

    /**
     * Writes the file.
     *
     * @param weightDecay λ of the L2 term
     */
    public static void write(Path file, org.thalweg.path.Path path, Profile profile, double weightDecay)
            throws IOException {
        arrays(path, profile, weightDecay).write(file);
    }

    /** Returns the weight decay that networks were trained with, as far as they say. */
    public static double weightDecay(Provenance provenance) {
        return provenance.fact("recipe").stream()
                .flatMapToDouble(recipe -> Recipe.weightDecayIn(recipe).stream())
                .findFirst()
                .orElse(USUAL_DECAY);
    }

    static NpzArrays arrays(org.thalweg.path.Path path, Profile profile, double weightDecay) {
        List<ProfilePoint> points = new ArrayList<>();
        for (ProfilePoint point : profile.points()) {
            if (points.isEmpty() || point.t() > points.get(points.size() - 1).t()) {
                points.add(point); // where two legs meet there are two, of one network
            }
        }
        PathWeights weights =
                PathWeights.at(path, points.stream().map(ProfilePoint::t).toList());
        NpzArrays arrays = new NpzArrays();
        arrays.vector("ts", points.stream().map(ProfilePoint::t).toList());
        arrays.vector("dl", weights.steps());
        Decayed decayed = new Decayed(points, weights, weightDecay);
        for (Measure measure : profile.loss().measures()) {
            decayed.add(arrays, measure);
        }
        arrays.vector(
                "leg_starts",
                profile.legs().stream().map(org.thalweg.result.LegProfile::from).toList());
        arrays.scalar("weight_decay", weightDecay);
        return arrays;
    }

    /** What was measured, and the weights where it was. */
    private record Decayed(List<ProfilePoint> points, PathWeights weights, double weightDecay) {
        void add(NpzArrays arrays, Measure measure) {
            String split = measure.isTest() ? "te" : "tr";
            List<Double> values = points.stream()
                    .map(point -> measure.shown(point.measures().get(measure)))
                    .toList();
            if (!measure.isLoss()) {
                arrays.vector(split + "_acc", values);
                summarised(
                        arrays,
                        split + "_err",
                        values.stream().map(a -> 100 - a).toList(),
                        weights.steps());
                return;
            }
            List<Double> total = new ArrayList<>();
            for (int i = 0; i < values.size(); i++) {
                total.add(
                        values.get(i) + weightDecay / 2 * weights.squaredNorms().get(i));
            }
            summarised(arrays, split + "_loss", total, weights.steps());
            summarised(arrays, split + "_nll", values, weights.steps());
        }
    }

    /** Adds values with min, max, mean, and the mean over the path's length by trapezoids. */
    private static void summarised(NpzArrays arrays, String name, List<Double> values, List<Double> steps) {
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double area = 0;
        double length = 0;
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            sum += value;
            least = Math.min(least, value);
            most = Math.max(most, value);
            if (i > 0) {
                area += (values.get(i - 1) + value) / 2 * steps.get(i);
                length += steps.get(i);
            }
        }
        double mean = sum / values.size();
        arrays.vector(name, values);
        arrays.scalar(name + "_min", least);
        arrays.scalar(name + "_max", most);
        arrays.scalar(name + "_avg", mean);
        arrays.scalar(name + "_int", length > 0 ? area / length : mean);
    }
}
