package org.thalweg.network;

/** Things that are well-formed but do not belong together: two networks, or a network and data. One sentence. */
public final class MismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public MismatchException(String message) {
        super(message);
    }
}
