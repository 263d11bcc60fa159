package org.thalweg.cli;

import org.thalweg.data.Dataset;
import org.thalweg.network.Architecture;
import org.thalweg.train.Recipe;
import picocli.CommandLine.Option;

/** How networks are trained. */
final class RecipeOptions {
    @Option(names = "--network", paramLabel = "NAME", description = "mlp-N or mlp-N-M-… (default: mlp-2000).")
    String network = "mlp-2000";

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training examples (default: 30).")
    int epochs = Recipe.DEFAULTS.epochs();

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Of the first half of the epochs (default: 0.01).")
    double learningRate = Recipe.DEFAULTS.learningRate();

    @Option(names = "--momentum", paramLabel = "X", description = "Momentum of SGD (default: 0.9).")
    double momentum = Recipe.DEFAULTS.momentum();

    @Option(names = "--weight-decay", paramLabel = "X", description = "Weight decay of SGD (default: 1e-4).")
    double weightDecay = Recipe.DEFAULTS.weightDecay();

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step (default: 128).")
    int batch = Recipe.DEFAULTS.batch();

    Recipe recipe() {
        return new Recipe(epochs, learningRate, momentum, weightDecay, batch);
    }

    Architecture architecture(Dataset data) {
        return Architecture.named(network, data.features(), data.classes());
    }
}
