package org.thalweg.train;

import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;

/**
 * How the inner controls of a curve are trained.
 *
 * @param recipe epochs, learning rate and its schedule, momentum, weight decay, batch; the decay is that of the weights at t
 * @param positions how t is drawn
 * @param isRateUsual whether the recipe's rate was named by nobody, so that networks with convolutions take
 *     {@link #CONVOLUTIONS_RATE}
 */
public record CurveSettings(Recipe recipe, CurvePositions positions, boolean isRateUsual) {
    /**
     * The rate of networks with convolutions: three epochs of {@code garipov-3} on {@code conv2fc1} ended at 72.1 % of the
     * training examples at 0.01, 71.5 at 0.02, and at chance at 0.05, which it does not leave again.
     */
    private static final double CONVOLUTIONS_RATE = 0.01;

    /**
     * 20 epochs (Garipov et al. 2018 train 200 on CIFAR) with the momentum, decay and batch that the end points of MNIST were
     * published with; uniform t. The rate is ten times that of the ends: a control takes only its share of each gradient and
     * has far to go. At the ends' rate, 20 epochs left half a per cent of accuracy on MNIST. Networks with convolutions take a tenth.
     */
    public static final CurveSettings DEFAULTS =
            new CurveSettings(new Recipe(20, 0.1, 0.9, 1e-4, 128), CurvePositions.UNIFORM, true);

    /** Creates settings with the recipe's rate for all networks. */
    public CurveSettings(Recipe recipe, CurvePositions positions) {
        this(recipe, positions, false);
    }

    /** Returns the settings for networks of an architecture, whose rate holds as it is. */
    public CurveSettings of(Architecture architecture) {
        boolean convolves = architecture.layers().stream().anyMatch(Layer.Convolution.class::isInstance);
        return new CurveSettings(isRateUsual && convolves ? recipe.withRate(CONVOLUTIONS_RATE) : recipe, positions);
    }

    /** Returns the settings as one line, for provenance. */
    public String text() {
        String text = recipe.text() + " t=" + positions.text();
        return isRateUsual ? text + " convolutions-rate=" + CONVOLUTIONS_RATE : text;
    }
}
