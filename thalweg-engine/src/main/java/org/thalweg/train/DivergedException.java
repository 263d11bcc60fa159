package org.thalweg.train;

/** The loss became NaN or infinite; the message says at which step and learning rate. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(int epoch, int step, double rate, double loss) {
        super("training diverged: the loss is " + loss + " in epoch " + epoch + ", step " + step + ", at learning rate "
                + rate + "; try a smaller --learning-rate.");
    }
}
