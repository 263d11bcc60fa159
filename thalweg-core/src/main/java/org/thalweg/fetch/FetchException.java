package org.thalweg.fetch;

import java.io.IOException;

/** A data set that could not be fetched, or is not what it should be; the message is one sentence. */
public final class FetchException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence for the user. */
    public FetchException(String message) {
        super(message);
    }
}
