package org.thalweg.data;

import java.io.IOException;

/** A data file that is malformed or does not match the others; the message is one sentence that names the file. */
public final class DataException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public DataException(String message) {
        super(message);
    }

    DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
