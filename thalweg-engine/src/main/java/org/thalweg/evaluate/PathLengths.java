package org.thalweg.evaluate;

import java.util.Map;
import org.thalweg.network.Permutation.Swap;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;
import org.thalweg.result.PathLength;

/** Euclidean lengths of paths over all weights; O(points · weights). */
final class PathLengths {
    private PathLengths() {}

    static PathLength of(Path path, int points) {
        double length = 0;
        for (Leg leg : path.legs()) {
            length += leg instanceof CurveLeg curve ? along(curve, points) : along((ReorderLeg) leg);
        }
        double distance = distance(path.at(0), path.at(1));
        return new PathLength(length, distance == 0 ? 1 : length / distance);
    }

    private static double along(CurveLeg leg, int points) {
        double[] squared = new double[points - 1]; // of each step, summed over the tensors that move
        for (Track track : leg.tracks().values()) {
            if (track.moves()) {
                Tensor before = track.at(0);
                for (int i = 1; i < points; i++) {
                    Tensor now = track.at((double) i / (points - 1));
                    squared[i - 1] += squaredDistance(before, now);
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
    private static double along(ReorderLeg leg) {
        double length = 0;
        int[] slots = new int[leg.group().size()];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = i;
        }
        for (Swap swap : leg.swaps()) {
            int p = slots[swap.first()];
            int q = slots[swap.second()];
            length += Math.sqrt(2 * leg.group().squaredDistance(leg.start(), p, q));
            slots[swap.first()] = q;
            slots[swap.second()] = p;
        }
        return length;
    }

    private static double distance(Weights a, Weights b) {
        double sum = 0;
        for (Map.Entry<String, Tensor> entry : a.asMap().entrySet()) {
            sum += squaredDistance(entry.getValue(), b.get(entry.getKey()));
        }
        return Math.sqrt(sum);
    }

    private static double squaredDistance(Tensor a, Tensor b) {
        double sum = 0;
        for (int i = 0; i < a.shape().elements(); i++) {
            double difference = a.get(i) - b.get(i);
            sum += difference * difference;
        }
        return sum;
    }
}
