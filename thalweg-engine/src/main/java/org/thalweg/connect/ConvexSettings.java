package org.thalweg.connect;

import java.util.Optional;
import org.thalweg.result.Loss;

/**
 * Settings of convex adjustment.
 *
 * @param lambda how λ is chosen
 * @param mostKnots the most knots of a curve, both ends included; at least 2
 * @param certificate how far the objective of a refit may lie above its least value; positive. On real targets in units of their
 *     variance, the loss of the best constant
 * @param loss what refits minimise; empty: cross-entropy, of real targets their mean squared error
 */
public record ConvexSettings(Lambda lambda, int mostKnots, double certificate, Optional<RefitLoss> loss) {
    /** The networks' own weight decay, at most 5 knots, certificate 1e-4, the data's own loss. */
    public static final ConvexSettings DEFAULTS = new ConvexSettings(Lambda.OWN, 5, 1e-4, Optional.empty());

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

    /**
     * Returns what refits minimise on data of this loss.
     *
     * @throws IllegalArgumentException if that is cross-entropy of real targets, which are no classes
     */
    public RefitLoss lossOn(Loss data) {
        return switch (data) {
            case CROSS_ENTROPY -> loss.orElse(RefitLoss.CROSS_ENTROPY);
            case MEAN_SQUARED_ERROR -> ofTargets();
        };
    }

    private RefitLoss ofTargets() {
        if (loss.filter(RefitLoss.CROSS_ENTROPY::equals).isPresent()) {
            throw new IllegalArgumentException(
                    "the refit loss is cross-entropy, which needs labels, but the examples have"
                            + " real targets; leave it out, or say squared-error.");
        }
        return RefitLoss.SQUARED_ERROR;
    }

    /** Returns the settings as one line, as they identify a run on data of this loss. */
    public String text(Loss data) {
        return "lambda=" + lambda.text() + " mostKnots=" + mostKnots + " certificate=" + certificate + " loss="
                + lossOn(data).text();
    }
}
