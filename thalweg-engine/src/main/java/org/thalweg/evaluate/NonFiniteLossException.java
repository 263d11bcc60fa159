package org.thalweg.evaluate;

import org.thalweg.result.Measures;

/** A loss is NaN or infinite: its weights are finite but too large for their precision. */
public final class NonFiniteLossException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NonFiniteLossException(double loss, String where) {
        super("the loss " + where + " is " + loss
                + ": values overflow there; check the weights and the scale of the inputs.");
    }

    static void requireFinite(Measures measures, String leg, double t) {
        for (double loss : new double[] {measures.trainLoss(), measures.testLoss()}) {
            if (!Double.isFinite(loss)) {
                throw new NonFiniteLossException(loss, "at t = " + t + ", on leg '" + leg + "',");
            }
        }
    }

    /** Throws if the loss of {@code what} is NaN or infinite. */
    public static void requireFinite(double loss, String what) {
        if (!Double.isFinite(loss)) {
            throw new NonFiniteLossException(loss, "of " + what);
        }
    }
}
