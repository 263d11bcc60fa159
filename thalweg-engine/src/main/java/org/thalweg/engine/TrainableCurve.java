package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.thalweg.network.Architecture;
import org.thalweg.network.Weights;

/**
 * A curve ψ(t) = Σ_j c_j(t) w_j of networks in native memory whose inner controls take steps of stochastic gradient descent
 * with momentum; the first and the last control rest (Garipov et al. 2018, arXiv:1802.10026). One thread at
 * a time; close it when done.
 *
 * <p>With g = ∂(mean loss)/∂ψ + λ ψ at the batch's t, the gradient of control j is c_j(t) g. Cost of a step beside the
 * network's own products, counted in passes of reading or writing all P weights once:
 *
 * <ul>
 *   <li>ψ(t): 3 where two controls count, as on a chain; 2 and 3 more per further control on a Bézier curve;
 *   <li>g: 2. The product that makes a weight's gradient adds it to λ ψ where ψ stands, which is not needed again;
 *   <li>v_j ← v_j + c_j g / σ: 3 per inner control with c_j ≠ 0. The velocity is m^steps · v_j = σ v_j: a momentum common to
 *       all velocities is one number, not a pass over each, until σ is small and multiplied out;
 *   <li>w_j ← w_j − rate · σ v_j: 3 per inner control.
 * </ul>
 *
 * A plain step takes 8, so a chain of three takes 11 at most. Memory: k + (k−2) + 1 times P.
 *
 * <p>Batch norm, when there is some, uses the batch's own statistics at ψ(t); those of a point of the finished curve belong
 * to its evaluation, not to the controls.
 */
public final class TrainableCurve implements AutoCloseable {
    /** σ is multiplied out below this: with momentum 0.9 every 158 steps, and far from float32's range. */
    private static final double SMALLEST = 0x1p-24;

    private final Engine engine;
    private final Architecture architecture;
    private final List<Parameters> controls = new ArrayList<>();
    private final List<Parameters> velocities = new ArrayList<>(); // of control j+1, divided by σ
    private final Parameters point; // ψ(t), then g
    private double scale = 1; // σ

    /**
     * Copies controls and velocities to native memory.
     *
     * @param engine whose threads to use
     * @param controls k of them, at least 3
     * @param velocities k−2, of the inner controls; zeros at the start of a training
     */
    public TrainableCurve(Engine engine, Architecture architecture, List<Weights> controls, List<Weights> velocities) {
        if (controls.size() < 3 || velocities.size() != controls.size() - 2) {
            throw new IllegalArgumentException("a curve of " + controls.size() + " controls and " + velocities.size()
                    + " velocities; it needs at least 3 controls, and a velocity for each but the ends.");
        }
        this.engine = engine;
        this.architecture = architecture;
        controls.forEach(control -> this.controls.add(new Parameters(control)));
        velocities.forEach(velocity -> this.velocities.add(new Parameters(velocity)));
        this.point = new Parameters(controls.get(0));
    }

    /**
     * Takes one step of every inner control on a mini-batch at one t.
     *
     * @param inputs [d, batch]
     * @param scoring of the batch, made in the scope of the inputs
     * @param coefficients c_j(t), [k], of sum 1
     * @param noise where dropout draws its masks from
     * @return mean loss of the batch at ψ(t) before the step; NaN or infinite, and no step, if the training has
     *     diverged
     */
    public double step(
            DeviceTensor inputs, Scoring scoring, double[] coefficients, Descent descent, SplittableRandom noise) {
        return Kernel.run("a step of curve training", () -> {
            try (Scope scope = Scope.open()) {
                TrainingStep step = new TrainingStep(engine, noise);
                point.asMap().forEach((name, tensor) -> {
                    List<Rows> tiles = Rows.covering(name, tensor);
                    step.each(tiles.size(), i -> form(tiles.get(i), coefficients));
                });
                return new Backpropagation(architecture, point.asMap())
                        .run(inputs, scoring, step, () -> descent(coefficients, descent));
            }
        });
    }

    private void form(Rows rows, double[] coefficients) {
        DeviceTensor out = rows.of(point);
        List<Integer> counting = new ArrayList<>();
        for (int j = 0; j < coefficients.length; j++) {
            if (coefficients[j] != 0) {
                counting.add(j);
            }
        }
        int first = counting.get(0);
        if (counting.size() == 2) {
            int second = counting.get(1);
            out.setBetween(rows.of(controls.get(first)), rows.of(controls.get(second)), coefficients[second]);
            return;
        }
        out.setScaled(rows.of(controls.get(first)), coefficients[first]);
        for (int j : counting.subList(1, counting.size())) {
            out.addInPlace(rows.of(controls.get(j)), coefficients[j]);
        }
    }

    /** g ← ∂loss/∂ψ + λ ψ, where ψ stands; then the controls' steps. */
    private Accumulation descent(double[] coefficients, Descent descent) {
        scale *= descent.momentum();
        if (scale < SMALLEST) {
            multiplyOut();
        }
        return new Accumulation(point, descent.weightDecay(), rows -> {
            for (int j = 1; j < coefficients.length - 1; j++) {
                DeviceTensor velocity = rows.of(velocities.get(j - 1));
                double factor = coefficients[j] / scale;
                if (factor != 0) {
                    velocity.addInPlace(rows.of(point), factor);
                }
                rows.of(controls.get(j)).addInPlace(velocity, -descent.rate() * scale);
            }
        });
    }

    private void multiplyOut() {
        for (Parameters velocity : velocities) {
            velocity.asMap().values().forEach(v -> v.scaleInPlace(scale));
        }
        scale = 1;
    }

    /** Returns a copy of the k−2 inner controls as they are now. */
    public List<Weights> inner() {
        return controls.subList(1, controls.size() - 1).stream()
                .map(control -> control.copy(architecture))
                .toList();
    }

    /** Returns a copy of the k−2 velocities as they are now. */
    public List<Weights> velocities() {
        multiplyOut(); // a training that goes on from the copy then has the same bits as one that goes on from here
        return velocities.stream().map(velocity -> velocity.copy(architecture)).toList();
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        controls.forEach(Parameters::close);
        velocities.forEach(Parameters::close);
        point.close();
    }
}
