package org.thalweg.train;

import java.util.SplittableRandom;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Descent;
import org.thalweg.engine.Engine;
import org.thalweg.engine.TrainableCurve;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.path.Curve;

/**
 * Trains the inner controls of a curve between two networks so that the expected loss along it, E over t of L(ψ(t)), is low
 * (Garipov et al. 2018, arXiv:1802.10026): one t per mini-batch. The order of examples and the values of t come from
 * children of the seed by name, so that a training that was stopped after any epoch and resumed ends with the same bits.
 *
 * @param architecture of every point of the curve
 * @param curve its coefficients; it ends at its last control
 * @param settings how to train
 * @param seed from which all randomness comes
 */
public record CurveTrainer(Architecture architecture, Curve curve, CurveSettings settings, Seed seed) {
    public CurveTrainer {
        if (curve.endControl() != curve.controls() - 1) {
            throw new IllegalArgumentException("curve '" + curve.text() + "' does not end at its last control.");
        }
    }

    /** Returns the number of steps of an epoch. */
    public int steps(Examples train) {
        return pass(train, Precision.FLOAT32).steps();
    }

    /**
     * Trains from {@code state} to the last epoch, on the calling thread, in the controls' precision.
     *
     * @param engine whose kernels to use
     * @param train training examples that fit the architecture
     * @return the state after the last epoch
     * @throws IllegalArgumentException if the examples do not fit the architecture, or the state the curve
     * @throws DivergedException as soon as a loss is NaN or infinite
     */
    public CurveState train(Engine engine, Examples train, CurveState state, CurveListener listener) {
        Pass.requireFits(architecture, train);
        if (state.controls().size() != curve.controls()) {
            throw new IllegalArgumentException(
                    state.controls().size() + " controls do not make a " + curve.text() + ".");
        }
        Precision precision = state.controls().get(0).precision();
        Pass pass = pass(train, precision);
        return engine.alone(() -> {
            try (TrainableCurve trained =
                    new TrainableCurve(engine, architecture, state.controls(), state.velocities())) {
                CurveState now = state;
                for (int epoch = state.epoch() + 1; epoch <= settings.recipe().epochs(); epoch++) {
                    LossProfile profile = new LossProfile();
                    double loss = epoch(trained, pass, epoch, profile);
                    now = state.after(epoch, trained.inner(), trained.velocities());
                    requireFinite(now);
                    listener.onEpoch(new CurveEpoch(now, settings.recipe().epochs(), loss, profile.means()));
                }
                return now;
            }
        });
    }

    private Pass pass(Examples train, Precision precision) {
        return new Pass(
                train, settings.recipe().batch(), precision, settings.recipe().augmentation());
    }

    private double epoch(TrainableCurve trained, Pass pass, int epoch, LossProfile profile) {
        Recipe recipe = settings.recipe();
        Descent descent = new Descent(recipe.rate(epoch), recipe.momentum(), recipe.weightDecay());
        double[] positions = settings.positions().draw(seed.child("t/" + epoch), pass.steps());
        double[] coefficients = new double[curve.controls()];
        SplittableRandom noise = seed.child("dropout/" + epoch).random();
        return pass.run(seed, epoch, (inputs, scoring, step) -> {
            double t = positions[step - 1];
            curve.coefficients(t, coefficients);
            double loss = trained.step(inputs, scoring, coefficients, descent, noise);
            if (!Double.isFinite(loss)) {
                throw DivergedException.ofCurve(epoch, step, t, descent.rate(), loss);
            }
            profile.add(t, loss);
            return loss;
        });
    }

    /** An epoch's last step can do damage that no loss of the epoch shows. */
    private void requireFinite(CurveState state) {
        if (!state.inner().stream().allMatch(Trainer::isFinite)) {
            throw DivergedException.afterCurveEpoch(
                    state.epoch(), settings.recipe().rate(state.epoch()));
        }
    }
}
