package org.thalweg.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** A network or path file that is malformed, or does not hold what it should; one sentence that names the file. */
public final class CheckpointException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message is {@code file: problem}. */
    public CheckpointException(Path file, String problem) {
        super(file + ": " + problem);
    }
}
