package org.thalweg.train;

import java.util.Arrays;
import org.thalweg.data.Examples;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;

/**
 * How the inner controls of a curve are trained.
 *
 * @param recipe epochs, learning rate and its schedule, momentum, weight decay, batch; the decay is that of the weights at t
 * @param positions how t is drawn
 * @param isRateUsual whether the rate was named by nobody, so that it may be lowered
 */
public record CurveSettings(Recipe recipe, CurvePositions positions, boolean isRateUsual) {
    /**
     * The rate of networks with convolutions and of long inputs. Three epochs of {@code garipov-3} on {@code conv2fc1} ended at
     * 72.1 % of the training examples at 0.01, 71.5 at 0.02, and at chance at 0.05, which it does not leave again; 3072-2000-10
     * came to a loss of 20 after 24 epochs at 0.1.
     */
    private static final double CAUTIOUS_RATE = 0.01;

    /**
     * Mean squared norm of the inputs above which the rate is {@link #CAUTIOUS_RATE}: gradients of the first layer grow with it.
     * It is 86 on MNIST and 3800 on normalised CIFAR-10.
     */
    private static final double LONG_INPUTS = 400;

    private static final int LOOKED_AT = 1000; // examples

    /**
     * 20 epochs (Garipov et al. 2018 train 200 on CIFAR) with the momentum, decay and batch that the end points of MNIST were
     * published with; uniform t. The rate is ten times that of the ends: a control takes only its share of each gradient and
     * has far to go. At the ends' rate, 20 epochs left half a per cent of accuracy on MNIST. Where that is too much, it is a tenth.
     */
    public static final CurveSettings DEFAULTS =
            new CurveSettings(new Recipe(20, 0.1, 0.9, 1e-4, 128), CurvePositions.UNIFORM, true);

    /** Creates settings with the recipe's rate for all networks. */
    public CurveSettings(Recipe recipe, CurvePositions positions) {
        this(recipe, positions, false);
    }

    /** Returns the settings for networks of an architecture on these examples; their rate holds as it is. */
    public CurveSettings of(Architecture architecture, Examples train) {
        boolean convolves = architecture.layers().stream().anyMatch(Layer.Convolution.class::isInstance);
        boolean lowered = isRateUsual && (convolves || meanSquaredNorm(train) > LONG_INPUTS);
        return new CurveSettings(lowered ? recipe.withRate(CAUTIOUS_RATE) : recipe, positions);
    }

    private static double meanSquaredNorm(Examples train) {
        int count = Math.min(LOOKED_AT, train.count());
        double[] inputs = new double[train.features()];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            train.copyInputs(i, i + 1, inputs);
            sum += Arrays.stream(inputs).map(x -> x * x).sum();
        }
        return sum / count;
    }

    /** Returns the settings as one line, for provenance. */
    public String text() {
        String text = recipe.text() + " t=" + positions.text();
        return isRateUsual ? text + " cautious-rate=" + CAUTIOUS_RATE : text;
    }
}
