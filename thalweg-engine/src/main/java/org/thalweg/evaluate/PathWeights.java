package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;

/**
 * The weights at positions of a path, as lengths; batch norm's statistics left out.
 *
 * @param steps Euclidean distance of each position's weights from those of the one before, 0 at the first
 * @param squaredNorms squared Euclidean length of the weights at each position
 */
public record PathWeights(List<Double> steps, List<Double> squaredNorms) {
    public PathWeights {
        steps = List.copyOf(steps);
        squaredNorms = List.copyOf(squaredNorms);
    }

    /** Measures a path at these t, ascending. O(positions · weights). */
    public static PathWeights at(Path path, List<Double> ts) {
        Set<String> buffers = path.architecture().buffers().keySet();
        List<Double> steps = new ArrayList<>();
        List<Double> norms = new ArrayList<>();
        Weights before = path.at(ts.get(0));
        for (double t : ts) {
            Weights now = path.at(t);
            double step = 0;
            double norm = 0;
            for (Map.Entry<String, Tensor> entry : now.asMap().entrySet()) {
                if (!buffers.contains(entry.getKey())) {
                    step += before.get(entry.getKey()).squaredDistance(entry.getValue());
                    norm += squared(entry.getValue());
                }
            }
            steps.add(Math.sqrt(step));
            norms.add(norm);
            before = now;
        }
        return new PathWeights(steps, norms);
    }

    private static double squared(Tensor tensor) {
        double sum = 0;
        for (int i = 0; i < tensor.shape().elements(); i++) {
            sum += tensor.get(i) * tensor.get(i);
        }
        return sum;
    }
}
