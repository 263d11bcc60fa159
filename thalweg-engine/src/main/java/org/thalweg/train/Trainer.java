package org.thalweg.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.engine.TrainableNetwork;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Trains one network from a seed. Initial weights and the order of examples come from children of the seed by name, so that
 * a training that was stopped after any epoch and resumed ends with the same bits.
 *
 * @param architecture what to train
 * @param recipe how
 * @param seed from which all randomness comes
 */
public record Trainer(Architecture architecture, Recipe recipe, Seed seed) {
    /** Returns the untrained network: PyTorch's default, uniform in ±1/√inputs for weights and biases of dense layers. */
    public TrainingState start() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map<String, Tensor> velocities = new LinkedHashMap<>();
        for (Architecture.Dense dense : architecture.dense()) {
            double bound = 1 / Math.sqrt(dense.layer().inputs());
            architecture.parameters().forEach((name, shape) -> {
                if (name.startsWith(dense.position() + ".")) {
                    weights.put(
                            name,
                            uniform(shape, bound, seed.child("init/" + name).random()));
                    velocities.put(name, Tensor.owning(shape, new float[shape.elements()]));
                }
            });
        }
        return new TrainingState(0, Weights.of(weights), Weights.of(velocities));
    }

    private static Tensor uniform(Shape shape, double bound, SplittableRandom random) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return Tensor.owning(shape, values);
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
        Pass pass = new Pass(train, recipe.batch(), Precision.FLOAT32);
        return engine.alone(() -> {
            try (TrainableNetwork network = new TrainableNetwork(architecture, state.weights(), state.velocities())) {
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
        double rate = recipe.rate(epoch);
        return pass.run(seed, epoch, (inputs, labels, step) -> {
            double loss = network.step(inputs, labels, rate, recipe.momentum(), recipe.weightDecay());
            if (!Double.isFinite(loss)) {
                throw new DivergedException(epoch, step, rate, loss);
            }
            return loss;
        });
    }
}
