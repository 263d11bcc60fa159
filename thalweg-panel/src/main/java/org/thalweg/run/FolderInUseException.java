package org.thalweg.run;

import java.io.IOException;
import java.nio.file.Path;

/** Another program works in the run folder; one sentence that names it. */
public final class FolderInUseException extends IOException {
    private static final long serialVersionUID = 1L;

    FolderInUseException(Path folder) {
        super(folder
                + ": another program is working in this folder; wait until it has ended, or choose another --out.");
    }
}
