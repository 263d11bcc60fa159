package org.thalweg.engine;

/** A native library could not be loaded, or a kernel failed; the message is one sentence for the user. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user and what caused it. */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
