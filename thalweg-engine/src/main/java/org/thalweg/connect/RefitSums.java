package org.thalweg.connect;

import java.io.Serializable;
import java.util.Arrays;
import org.thalweg.engine.Scoring;

/** What a refit needs of the examples at an output layer W: sums over all of its fold, wherever they are taken. */
interface RefitSums {
    /** Returns N, the examples of the fold. */
    int count();

    /** Returns the sums of the losses and of their gradients in W. */
    Slope slope(Vector w);

    /** Returns the sum of the losses and how many examples are right. */
    Scoring.Score score(Vector w);

    /** The sum of losses and their gradient, [c, n+1], row-major. Sums of parts add up. */
    final class Slope implements Serializable {
        private static final long serialVersionUID = 1L;

        private final double loss;
        private final double[] gradient;

        /** Keeps the gradient, which it owns from now on. */
        Slope(double loss, double[] gradient) {
            this.loss = loss;
            this.gradient = gradient;
        }

        double loss() {
            return loss;
        }

        Vector gradient() {
            return Vector.owning(gradient.clone());
        }

        /** Returns the sum of both, its gradient in this one's place. */
        Slope plus(Slope other) {
            Arrays.setAll(gradient, i -> gradient[i] + other.gradient[i]);
            return new Slope(loss + other.loss, gradient);
        }
    }
}
