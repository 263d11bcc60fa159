package org.thalweg.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.TrainableNetwork;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
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
        requireFits(train);
        return engine.alone(() -> {
            try (TrainableNetwork network = new TrainableNetwork(architecture, state.weights(), state.velocities())) {
                TrainingState now = state;
                for (int epoch = state.epoch() + 1; epoch <= recipe.epochs(); epoch++) {
                    double loss = epoch(network, train, epoch);
                    now = new TrainingState(epoch, network.weights(), network.velocities());
                    requireFinite(now, train.count());
                    listener.onEpoch(now, loss);
                }
                return now;
            }
        });
    }

    /** An epoch's last step can do damage that no loss of the epoch shows. */
    private void requireFinite(TrainingState state, int examples) {
        int lastStep = (examples + recipe.batch() - 1) / recipe.batch();
        boolean finite = state.weights().asMap().values().stream()
                .allMatch(tensor -> tensor.firstNonFinite().isEmpty());
        if (!finite) {
            throw new DivergedException(state.epoch(), lastStep, recipe.rate(state.epoch()), Double.NaN);
        }
    }

    private void requireFits(Examples train) {
        if (train.features() != architecture.inputs() || train.classes() != architecture.classes()) {
            throw new MismatchException("the network " + architecture.text() + " does not fit data of "
                    + train.features() + " features and " + train.classes() + " classes.");
        }
    }

    private double epoch(TrainableNetwork network, Examples train, int epoch) {
        int[] order = seed.child("epoch/" + epoch).shuffled(train.count());
        double rate = recipe.rate(epoch);
        double sum = 0;
        for (int from = 0, step = 1; from < order.length; from += recipe.batch(), step++) {
            int[] batch = Arrays.copyOfRange(order, from, Math.min(order.length, from + recipe.batch()));
            double loss = step(network, train, batch, rate);
            if (!Double.isFinite(loss)) {
                throw new DivergedException(epoch, step, rate, loss);
            }
            sum += loss * batch.length;
        }
        return sum / order.length;
    }

    private double step(TrainableNetwork network, Examples train, int[] batch, double rate) {
        int[] labels = new int[batch.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = train.label(batch[i]);
        }
        try (Scope scope = Scope.open()) {
            return network.step(
                    Blocks.inputs(train, batch, Precision.FLOAT32),
                    labels,
                    rate,
                    recipe.momentum(),
                    recipe.weightDecay());
        }
    }
}
