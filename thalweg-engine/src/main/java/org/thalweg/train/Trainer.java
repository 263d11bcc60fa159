package org.thalweg.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Descent;
import org.thalweg.engine.Engine;
import org.thalweg.engine.TrainableNetwork;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Trains one network from a seed. Initial weights, the order of examples, their augmentation and dropout's masks come from
 * children of the seed by name, so that a training that was stopped after any epoch and resumed ends with the same bits.
 *
 * @param architecture what to train
 * @param recipe how
 * @param seed from which all randomness comes
 */
public record Trainer(Architecture architecture, Recipe recipe, Seed seed) {
    /** Returns the untrained network ({@link Initialisation}). */
    public TrainingState start() {
        Map<String, Tensor> velocities = new LinkedHashMap<>();
        architecture
                .parameters()
                .forEach((name, shape) -> velocities.put(name, Tensor.owning(shape, new float[shape.elements()])));
        return new TrainingState(0, new Initialisation(architecture, seed).weights(), Weights.of(velocities));
    }

    /**
     * Trains from {@code state} to the recipe's last epoch, on the calling thread.
     *
     * @param engine whose kernels to use
     * @param train training examples that fit the architecture
     * @return the state after the last epoch
     * @throws IllegalArgumentException if the examples do not fit the architecture
     * @throws DivergedException as soon as a loss is NaN or infinite
     */
    public TrainingState train(Engine engine, Examples train, TrainingState state, TrainingListener listener) {
        Pass.requireFits(architecture, train);
        Pass pass = new Pass(train, recipe.batch(), Precision.FLOAT32, recipe.augmentation());
        return engine.alone(() -> {
            try (TrainableNetwork network =
                    new TrainableNetwork(engine, architecture, state.weights(), state.velocities())) {
                TrainingState now = state;
                for (int epoch = state.epoch() + 1; epoch <= recipe.epochs(); epoch++) {
                    double loss = epoch(network, pass, epoch);
                    now = new TrainingState(epoch, network.weights(), network.velocities());
                    requireFinite(now, pass);
                    listener.onEpoch(now, loss);
                }
                return now;
            }
        });
    }

    static boolean isFinite(Weights weights) {
        return weights.asMap().values().stream()
                .allMatch(tensor -> tensor.firstNonFinite().isEmpty());
    }

    /** An epoch's last step can do damage that no loss of the epoch shows. */
    private void requireFinite(TrainingState state, Pass pass) {
        if (!isFinite(state.weights())) {
            throw new DivergedException(state.epoch(), pass.steps(), recipe.rate(state.epoch()), Double.NaN);
        }
    }

    private double epoch(TrainableNetwork network, Pass pass, int epoch) {
        Descent descent = new Descent(recipe.rate(epoch), recipe.momentum(), recipe.weightDecay());
        SplittableRandom noise = seed.child("dropout/" + epoch).random();
        return pass.run(seed, epoch, (inputs, scoring, step) -> {
            double loss = network.step(inputs, scoring, descent, noise);
            if (!Double.isFinite(loss)) {
                throw new DivergedException(epoch, step, descent.rate(), loss);
            }
            return loss;
        });
    }
}
