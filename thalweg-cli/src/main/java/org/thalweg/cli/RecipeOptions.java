package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.Augmentation;
import org.thalweg.data.Dataset;
import org.thalweg.network.Architecture;
import org.thalweg.network.ArchitectureFile;
import org.thalweg.network.Catalogue;
import org.thalweg.train.Recipe;
import picocli.CommandLine.Option;

/** How networks are trained. */
final class RecipeOptions {
    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "mlp-2000 (default), another of docs/networks.md, or FILE.yaml.")
    String network = "mlp-2000";

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training examples (default: 30).")
    @Nullable
    Integer epochs;

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Of the first half of the epochs (default: 0.01; vgg16: 0.05).")
    @Nullable
    Double learningRate;

    @Option(names = "--momentum", paramLabel = "X", description = "Momentum of SGD (default: 0.9).")
    @Nullable
    Double momentum;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Weight decay of SGD (default: 1e-4; vgg16: 5e-4).")
    @Nullable
    Double weightDecay;

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step (default: 128).")
    @Nullable
    Integer batch;

    @Option(
            names = "--augment",
            paramLabel = "HOW",
            description = "flip-crop or none (default: none, flip-crop on CIFAR).")
    @Nullable
    String augment;

    /** Returns the usual recipe of the network on this data set, changed where an option says so. */
    Recipe recipe(Dataset data) {
        Recipe usual = Recipe.usualFor(network, data.name());
        return new Recipe(
                Optional.ofNullable(epochs).orElse(usual.epochs()),
                Optional.ofNullable(learningRate).orElse(usual.learningRate()),
                Optional.ofNullable(momentum).orElse(usual.momentum()),
                Optional.ofNullable(weightDecay).orElse(usual.weightDecay()),
                Optional.ofNullable(batch).orElse(usual.batch()),
                Optional.ofNullable(augment).map(Augmentation::parse).orElse(usual.augmentation()));
    }

    Architecture architecture(Dataset data) throws IOException {
        if (network.endsWith(".yaml") || network.endsWith(".yml")) {
            ArchitectureFile.Task task = new ArchitectureFile.Task(data.shape().extents(), data.outputs());
            return ArchitectureFile.read(ArchitectureOption.existing(Path.of(network)), task)
                    .architecture();
        }
        return Catalogue.named(network, data.shape().extents(), data.outputs());
    }
}
