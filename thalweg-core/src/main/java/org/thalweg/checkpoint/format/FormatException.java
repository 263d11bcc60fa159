package org.thalweg.checkpoint.format;

import java.io.IOException;

/** Bytes that are not what their format asks for, or are not accepted; one sentence that does not yet name the file. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a sentence about the bytes, to stand behind {@code file: }. */
    public FormatException(String message) {
        super(message);
    }
}
