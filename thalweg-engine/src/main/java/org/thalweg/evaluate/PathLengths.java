package org.thalweg.evaluate;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.ReorderLeg.Slots;
import org.thalweg.path.Track;
import org.thalweg.result.PathLength;

/** Euclidean lengths of paths over all weights, batch norm's statistics left out; O(points · weights). */
final class PathLengths {
    private PathLengths() {}

    static PathLength of(Path path, int points) {
        Set<String> buffers = path.architecture().buffers().keySet();
        double length = 0;
        for (Leg leg : path.legs()) {
            length += leg instanceof CurveLeg curve ? along(curve, points, buffers) : along((ReorderLeg) leg, buffers);
        }
        double distance = distance(path.at(0), path.at(1), buffers);
        return new PathLength(length, distance == 0 ? 1 : length / distance);
    }

    private static double along(CurveLeg leg, int points, Set<String> buffers) {
        double[] squared = new double[points - 1]; // of each step, summed over the tensors that move
        for (Map.Entry<String, Track> entry : leg.tracks().entrySet()) {
            Track track = entry.getValue();
            if (track.moves() && !buffers.contains(entry.getKey())) {
                Tensor before = track.at(0);
                for (int i = 1; i < points; i++) {
                    Tensor now = track.at((double) i / (points - 1));
                    squared[i - 1] += before.squaredDistance(now);
                    before = now;
                }
            }
        }
        double length = 0;
        for (double step : squared) {
            length += Math.sqrt(step);
        }
        return length;
    }

    // In a step slots run straight from the row or column that they have to the one that they get.
    private static double along(ReorderLeg leg, Set<String> buffers) {
        UnitGroup rows = of(leg, slice -> !buffers.contains(slice.tensor()) && !isRead(leg, slice));
        UnitGroup columns = of(leg, slice -> isRead(leg, slice));
        Slots slots = new Slots(leg.group().size());
        double length = 0;
        for (ReorderLeg.Step step : leg.steps()) {
            int[] rowsBefore = {slots.row(step.to()), slots.row(step.from())};
            int[] columnsBefore = {slots.column(step.to()), slots.column(step.from())};
            slots.take(step);
            double squared = 0;
            for (int end = 0; end < 2; end++) {
                int slot = end == 0 ? step.to() : step.from();
                squared += rows.squaredDistance(leg.start(), rowsBefore[end], slots.row(slot))
                        + columns.squaredDistance(leg.start(), columnsBefore[end], slots.column(slot));
            }
            length += Math.sqrt(squared);
        }
        return length;
    }

    private static boolean isRead(ReorderLeg leg, UnitGroup.Slice slice) {
        return leg.reader().equals(Optional.of(slice.tensor()));
    }

    private static UnitGroup of(ReorderLeg leg, Predicate<UnitGroup.Slice> chosen) {
        UnitGroup group = leg.group();
        return new UnitGroup(
                group.layer(),
                group.size(),
                group.slices().stream().filter(chosen).toList());
    }

    private static double distance(Weights a, Weights b, Set<String> buffers) {
        double sum = 0;
        for (Map.Entry<String, Tensor> entry : a.asMap().entrySet()) {
            if (!buffers.contains(entry.getKey())) {
                sum += entry.getValue().squaredDistance(b.get(entry.getKey()));
            }
        }
        return Math.sqrt(sum);
    }
}
