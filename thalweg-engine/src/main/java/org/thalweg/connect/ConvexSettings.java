package org.thalweg.connect;

import org.thalweg.result.Loss;

/**
 * Settings of convex adjustment.
 *
 * @param lambda how λ is chosen
 * @param mostKnots the most knots of a curve, both ends included; at least 2
 * @param certificate how far the objective of a refit may lie above its least value; positive. On real targets in units of their
 *     variance, the loss of the best constant
 * @param loss what refits minimise; on real targets it is their mean squared error all the same
 */
public record ConvexSettings(Lambda lambda, int mostKnots, double certificate, RefitLoss loss) {
    /** The networks' own weight decay, at most 5 knots, certificate 1e-4, cross-entropy. */
    public static final ConvexSettings DEFAULTS = new ConvexSettings(Lambda.OWN, 5, 1e-4, RefitLoss.CROSS_ENTROPY);

    private static final int MOST = 1000; // each knot is a solve, and a stored output layer

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public ConvexSettings {
        if (mostKnots < 2 || mostKnots > MOST) {
            throw new IllegalArgumentException(
                    "most knots is " + mostKnots + " but must lie between 2, for both ends, and " + MOST + ".");
        }
        if (!(certificate > 0 && Double.isFinite(certificate))) {
            throw new IllegalArgumentException(
                    "certificate is " + certificate + " but must be positive and finite; try 1e-4.");
        }
    }

    /** Returns these settings as they hold on data of this loss. */
    public ConvexSettings on(Loss data) {
        return new ConvexSettings(lambda, mostKnots, certificate, loss.on(data));
    }

    /** Returns the settings as one line, as they identify a run. */
    public String text() {
        return "lambda=" + lambda.text() + " mostKnots=" + mostKnots + " certificate=" + certificate + " loss="
                + loss.text();
    }
}
