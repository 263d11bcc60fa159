package org.thalweg.train;

/**
 * How the inner controls of a curve are trained.
 *
 * @param recipe epochs, learning rate and its schedule, momentum, weight decay, batch; the decay is that of the weights at t
 * @param positions how t is drawn
 */
public record CurveSettings(Recipe recipe, CurvePositions positions) {
    /**
     * 20 epochs at the rate, momentum, decay and batch that the end points of MNIST were published with; uniform t (Garipov
     * et al. 2018 train 200 epochs on CIFAR).
     */
    public static final CurveSettings DEFAULTS =
            new CurveSettings(new Recipe(20, 0.01, 0.9, 1e-4, 128), CurvePositions.UNIFORM);

    /** Returns the settings as one line, for provenance. */
    public String text() {
        return recipe.text() + " t=" + positions.text();
    }
}
