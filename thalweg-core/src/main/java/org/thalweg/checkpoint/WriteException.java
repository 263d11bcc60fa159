package org.thalweg.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A file that could not be written; nothing is left of it, and an earlier file of its name is as it was. */
public final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the file and the reason. */
    public WriteException(Path file, IOException cause) {
        super(file + ": cannot be written (" + reason(cause) + "); choose another place or free some space.", cause);
    }

    private static String reason(IOException cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName().replace("Exception", "") + (message == null ? "" : ": " + message);
    }
}
