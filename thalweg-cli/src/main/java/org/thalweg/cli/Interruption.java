package org.thalweg.cli;

import java.io.PrintWriter;
import org.thalweg.checkpoint.AtomicFile;

/**
 * What happens when the process ends before its command does, by Ctrl-C or another signal: files that are half-written are
 * removed and one sentence is printed. The Java runtime sets the exit code, 128 and the signal's number: 130 after Ctrl-C.
 */
final class Interruption {
    private volatile boolean ended;

    private Interruption() {}

    /** Watches from now on. */
    static Interruption watch(PrintWriter err) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.atExit(err), "thalweg-exit"));
        return interruption;
    }

    /** The command has ended by itself. */
    void commandEnded() {
        ended = true;
    }

    private void atExit(PrintWriter err) {
        if (!ended) {
            err.println("thalweg: interrupted; what is finished is kept, and the same command goes on from there.");
            err.close(); // the command may fail now, at a file that has gone: that is no second thing to tell
        }
        AtomicFile.endAll(); // workers may still be writing
    }
}
