package org.thalweg.checkpoint;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A file that could not be written; nothing is left of it, and an earlier file of its name is as it was. */
public final class WriteException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the file and the reason. */
    public WriteException(Path file, IOException cause) {
        super(file + ": cannot be written (" + reason(cause) + "); choose another place or free some space.", cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException e) {
            return e.getFile() + " is a file, not a folder";
        }
        if (cause instanceof ClosedByInterruptException) {
            return "interrupted";
        }
        String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName().replace("Exception", "") : reason;
    }
}
