package org.thalweg.train;

/**
 * How the inner controls of a curve are trained.
 *
 * @param recipe epochs, learning rate and its schedule, momentum, weight decay, batch; the decay is that of the weights at t
 * @param positions how t is drawn
 */
public record CurveSettings(Recipe recipe, CurvePositions positions) {
    /**
     * 20 epochs (Garipov et al. 2018 train 200 on CIFAR) with the momentum, decay and batch that the end points of MNIST were
     * published with; uniform t. The rate is ten times that of the ends: a control takes only its share of each gradient and
     * has far to go. At the ends' rate, 20 epochs left half a per cent of accuracy on MNIST.
     */
    public static final CurveSettings DEFAULTS =
            new CurveSettings(new Recipe(20, 0.1, 0.9, 1e-4, 128), CurvePositions.UNIFORM);

    /** Returns the settings as one line, for provenance. */
    public String text() {
        return recipe.text() + " t=" + positions.text();
    }
}
