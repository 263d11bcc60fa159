package org.thalweg.train;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.data.Augmentation;

/**
 * Stochastic gradient descent with momentum, weight decay and Garipov's schedule.
 *
 * @param epochs passes over the training examples
 * @param learningRate of the first half of the epochs
 * @param momentum factor of the velocity, in [0, 1)
 * @param weightDecay λ: the gradient of every weight, biases too, gets λ·w added
 * @param batch examples per step; the last step of an epoch may have fewer
 * @param augmentation how examples are varied each time they are seen
 */
public record Recipe(
        int epochs, double learningRate, double momentum, double weightDecay, int batch, Augmentation augmentation) {
    /** 30 epochs, rate 0.01, momentum 0.9, weight decay 1e-4, batches of 128: the published recipe of MNIST. */
    public static final Recipe DEFAULTS = new Recipe(30, 0.01, 0.9, 1e-4, 128);

    /** Creates a recipe without augmentation. */
    public Recipe(int epochs, double learningRate, double momentum, double weightDecay, int batch) {
        this(epochs, learningRate, momentum, weightDecay, batch, Augmentation.NONE);
    }

    /**
     * Returns the published recipe of a network on a data set, but 30 epochs: VGG16 learns at rate 0.05 with weight decay
     * 5e-4, all others as {@link #DEFAULTS}; images of CIFAR-10 are flipped and cropped.
     *
     * @param network a name of the {@link org.thalweg.network.Catalogue}
     * @param dataset a name of {@link org.thalweg.data.Datasets}
     */
    public static Recipe usualFor(String network, String dataset) {
        boolean vgg = network.startsWith("vgg16");
        return new Recipe(
                DEFAULTS.epochs(),
                vgg ? 0.05 : DEFAULTS.learningRate(),
                DEFAULTS.momentum(),
                vgg ? 5e-4 : DEFAULTS.weightDecay(),
                DEFAULTS.batch(),
                Augmentation.usualFor(dataset));
    }

    private static final Pattern DECAY = Pattern.compile("\\bdecay=(\\d[\\d.]*(?:E-?\\d+)?)(?: |$)");

    public Recipe {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs is " + epochs + " but must be positive.");
        }
        if (batch < 1) {
            throw new IllegalArgumentException("batch is " + batch + " but must be positive.");
        }
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException(
                    "learning rate is " + learningRate + " but must be positive and finite; try 0.01.");
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("momentum is " + momentum + " but must lie in [0, 1); try 0.9.");
        }
        if (!(weightDecay >= 0 && Double.isFinite(weightDecay))) {
            throw new IllegalArgumentException(
                    "weight decay is " + weightDecay + " but must be 0 or positive and finite; try 1e-4.");
        }
    }

    // rate x 1 for f <= 1/2, x (1 - 0.99 (f - 1/2) / 0.4) to f = 0.9, x 0.01 after; f = epoch / epochs
    // (Garipov et al. 2018, arXiv:1802.10026)
    /** Returns the learning rate of an epoch, counted from 1. */
    public double rate(int epoch) {
        double f = (double) epoch / epochs;
        if (f <= 0.5) {
            return learningRate;
        }
        return f <= 0.9 ? learningRate * (1 - 0.99 * (f - 0.5) / 0.4) : learningRate * 0.01;
    }

    /** Returns the same recipe with another learning rate. */
    Recipe withRate(double other) {
        return new Recipe(epochs, other, momentum, weightDecay, batch, augmentation);
    }

    /** Returns the recipe as one line, for provenance. */
    public String text() {
        String text = String.format(
                Locale.ROOT,
                "sgd epochs=%d rate=%s momentum=%s decay=%s batch=%d schedule=garipov",
                epochs,
                learningRate,
                momentum,
                weightDecay,
                batch);
        return augmentation == Augmentation.NONE ? text : text + " augment=" + augmentation.text();
    }

    /** Returns the weight decay in a text that {@link #text()} made, if it is one. */
    public static OptionalDouble weightDecayIn(String text) {
        Matcher matcher = DECAY.matcher(text);
        return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }
}
