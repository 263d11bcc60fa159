package org.thalweg.checkpoint;

import java.io.IOException;

/** A network or path file that is not there; one sentence that names it. */
public final class MissingFileException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public MissingFileException(String message) {
        super(message);
    }
}
