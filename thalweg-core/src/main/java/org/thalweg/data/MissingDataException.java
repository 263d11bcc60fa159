package org.thalweg.data;

import java.io.IOException;

/** A data file or folder that is not there; the message is one sentence that says where it was looked for. */
public final class MissingDataException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public MissingDataException(String message) {
        super(message);
    }
}
