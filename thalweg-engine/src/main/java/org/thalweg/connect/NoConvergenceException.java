package org.thalweg.connect;

/** A solve ended before it reached its certificate; the message says how far it came, or why it could not begin. */
public final class NoConvergenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoConvergenceException(String message) {
        super(message);
    }

    NoConvergenceException(double reached, double wanted, int evaluations) {
        super("the refit of the output layer came within " + reached + " of its optimum in " + evaluations
                + " passes, not within " + wanted + "; ask for a larger certificate or use a larger lambda.");
    }
}
