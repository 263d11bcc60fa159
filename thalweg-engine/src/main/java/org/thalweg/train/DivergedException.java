package org.thalweg.train;

/** Loss or weights became NaN or infinite; the message says when and at which learning rate. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private DivergedException(String message) {
        super(message);
    }

    DivergedException(int epoch, int step, double rate, double loss) {
        super("training diverged: the loss is " + loss + " in epoch " + epoch + ", step " + step + ", at learning rate "
                + rate + "; try a smaller learning rate.");
    }

    static DivergedException ofCurve(int epoch, int step, double t, double rate, double loss) {
        return new DivergedException("curve training diverged: the loss is " + loss + " in epoch " + epoch + ", step "
                + step + ", at t = " + t + " and learning rate " + rate + "; try a smaller --curve-learning-rate.");
    }

    static DivergedException afterCurveEpoch(int epoch, double rate) {
        return new DivergedException("curve training diverged: a control holds NaN or infinity after epoch " + epoch
                + ", at learning rate " + rate + "; try a smaller --curve-learning-rate.");
    }

    /** Returns the exception of a learned map's training. */
    public static DivergedException ofMap(int step, double rate, double loss) {
        return new DivergedException("training of the map diverged: the loss is " + loss + " at step " + step
                + " and learning rate " + rate + "; try a smaller learning rate.");
    }
}
