package org.thalweg.cli;

import org.jspecify.annotations.Nullable;
import org.thalweg.data.Augmentation;
import org.thalweg.train.CurvePositions;
import org.thalweg.train.CurveSettings;
import org.thalweg.train.Recipe;
import picocli.CommandLine.Option;

/** How curves are trained. */
final class CurveOptions {
    private static final Recipe DEFAULTS = CurveSettings.DEFAULTS.recipe();

    @Option(
            names = "--curve-epochs",
            paramLabel = "N",
            description = "Passes over the data for a trained curve (default: 20).")
    private int epochs = DEFAULTS.epochs();

    @Option(
            names = "--curve-learning-rate",
            paramLabel = "X",
            description = "Of the first half (default: 0.1 or 0.01, by data).")
    private @Nullable Double learningRate;

    @Option(
            names = "--curve-momentum",
            hidden = true, // for experts, on the page of the method: help fits a screen
            paramLabel = "X",
            description = "Momentum of SGD (default: 0.9).")
    private double momentum = DEFAULTS.momentum();

    @Option(
            names = "--curve-weight-decay",
            hidden = true, // as --curve-momentum
            paramLabel = "X",
            description = "Decay of the weights at t (default: 1e-4).")
    private double weightDecay = DEFAULTS.weightDecay();

    @Option(names = "--curve-batch", paramLabel = "N", description = "Examples, and one t, per step (default: 128).")
    private int batch = DEFAULTS.batch();

    @Option(
            names = "--curve-augment",
            paramLabel = "HOW",
            description = "flip-crop or none (default: none, flip-crop on CIFAR).")
    private @Nullable String augment;

    @Option(
            names = "--curve-t",
            paramLabel = "NAME",
            description = "How t is drawn: uniform (default), stratified or middle.")
    private CurvePositions positions = CurvePositions.UNIFORM;

    /** Returns the settings for a data set, which decides how images are varied unless an option does. */
    CurveSettings settings(String dataset) {
        Augmentation augmentation = augment == null ? Augmentation.usualFor(dataset) : Augmentation.parse(augment);
        double rate = learningRate == null ? DEFAULTS.learningRate() : learningRate;
        return new CurveSettings(
                new Recipe(epochs, rate, momentum, weightDecay, batch, augmentation), positions, learningRate == null);
    }
}
