package org.thalweg.evaluate;

import org.thalweg.result.Measures;

/** A loss on a path is NaN or infinite: its weights are finite but too large for their precision. */
public final class NonFiniteLossException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NonFiniteLossException(double loss, String leg, double t) {
        super("the loss at t = " + t + ", on leg '" + leg + "', is " + loss
                + ": values overflow there; check the weights and the scale of the inputs.");
    }

    static void requireFinite(Measures measures, String leg, double t) {
        for (double loss : new double[] {measures.trainLoss(), measures.testLoss()}) {
            if (!Double.isFinite(loss)) {
                throw new NonFiniteLossException(loss, leg, t);
            }
        }
    }
}
