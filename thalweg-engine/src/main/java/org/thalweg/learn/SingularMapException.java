package org.thalweg.learn;

/** A learned map answered NaN or infinity; the message says for what. */
public final class SingularMapException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SingularMapException(String message) {
        super(message);
    }
}
