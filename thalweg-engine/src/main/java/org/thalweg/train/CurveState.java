package org.thalweg.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Where the training of a curve stands after a whole number of epochs: all that is needed to go on.
 *
 * @param epoch epochs done, 0 at the start
 * @param controls the k controls, of which the first and the last never change
 * @param velocities the momentum's velocities of the k−2 inner controls
 */
public record CurveState(int epoch, List<Weights> controls, List<Weights> velocities) {
    /**
     * Checks that there is a velocity for each inner control.
     *
     * @throws IllegalArgumentException if there are fewer than 3 controls, or other than k−2 velocities
     */
    public CurveState {
        controls = List.copyOf(controls);
        velocities = List.copyOf(velocities);
        if (controls.size() < 3 || velocities.size() != controls.size() - 2) {
            throw new IllegalArgumentException("a curve of " + controls.size() + " controls and " + velocities.size()
                    + " velocities; it needs at least 3 controls, and a velocity for each but the ends.");
        }
    }

    /** Returns the state before the first epoch: these controls, at rest. */
    public static CurveState at(List<Weights> controls) {
        Weights resting = zeros(controls.get(0));
        return new CurveState(
                0, controls, controls.stream().skip(2).map(control -> resting).toList());
    }

    /**
     * Returns the state after an epoch, with the same ends.
     *
     * @param done epochs done by then
     * @param inner the k−2 controls between them
     * @param moving their velocities
     */
    public CurveState after(int done, List<Weights> inner, List<Weights> moving) {
        List<Weights> all = new ArrayList<>(inner);
        all.add(0, controls.get(0));
        all.add(controls.get(controls.size() - 1));
        return new CurveState(done, all, moving);
    }

    private static Weights zeros(Weights like) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        like.asMap()
                .forEach((name, tensor) -> zeros.put(
                        name,
                        tensor.precision() == Precision.FLOAT32
                                ? Tensor.owning(
                                        tensor.shape(), new float[tensor.shape().elements()])
                                : Tensor.owning(
                                        tensor.shape(),
                                        new double[tensor.shape().elements()])));
        return Weights.of(zeros);
    }

    /** Returns the controls that are trained. */
    public List<Weights> inner() {
        return controls.subList(1, controls.size() - 1);
    }
}
