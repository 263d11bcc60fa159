package org.thalweg.evaluate;

import java.util.Map;
import java.util.Set;
import org.thalweg.network.Permutation.Swap;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
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

    // In a swap both slots run the same distance |p - q|: the step is sqrt(2) |p - q|.
    private static double along(ReorderLeg leg, Set<String> buffers) {
        UnitGroup group = leg.group();
        UnitGroup weights = new UnitGroup(
                group.layer(),
                group.size(),
                group.slices().stream()
                        .filter(slice -> !buffers.contains(slice.tensor()))
                        .toList());
        double length = 0;
        int[] slots = new int[leg.group().size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = i;
        }
        for (Swap swap : leg.swaps()) {
            int p = slots[swap.first()];
            int q = slots[swap.second()];
            length += Math.sqrt(2 * weights.squaredDistance(leg.start(), p, q));
            slots[swap.first()] = q;
            slots[swap.second()] = p;
        }
        return length;
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
