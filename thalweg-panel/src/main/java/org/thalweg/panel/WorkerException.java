package org.thalweg.panel;

import java.io.IOException;

/** What went wrong on another machine; the cause says what kind of failure it is. */
public final class WorkerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the machine and repeats the cause's sentence. */
    public WorkerException(String machine, Exception cause) {
        super("worker " + machine + ": " + cause.getMessage(), cause);
    }
}
