package org.thalweg.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/** A task that Spark gave up, because its executors died or it failed in a way that is not the panel's. */
final class LostTaskException extends Exception {
    private static final long serialVersionUID = 1L;

    private LostTaskException(Exception cause) {
        super(String.valueOf(cause.getMessage()).lines().findFirst().orElse("Spark gave it up"), cause);
    }

    /**
     * Returns that a task is lost.
     *
     * @throws IOException the task's own failure to read or write, which Spark hands on as a cause
     */
    static LostTaskException orCauseOf(Exception failure) throws IOException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UncheckedIOException wrapped) {
                throw Objects.requireNonNull(wrapped.getCause());
            }
            if (cause instanceof IOException own) {
                throw own;
            }
        }
        return new LostTaskException(told(failure));
    }

    /** Returns what Spark told: a future wraps it in an exception that says nothing itself. */
    static Exception told(Exception failure) {
        return failure instanceof ExecutionException && failure.getCause() instanceof Exception cause ? cause : failure;
    }
}
