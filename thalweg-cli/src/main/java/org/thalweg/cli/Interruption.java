package org.thalweg.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import org.thalweg.checkpoint.AtomicFile;

/**
 * What happens when the process ends before its command does, by Ctrl-C or another signal: files that are half-written are
 * removed and one sentence is printed. The Java runtime sets the exit code, 128 and the signal's number: 130 after Ctrl-C.
 */
final class Interruption {
    /** Commands that go on where they were stopped. */
    private static final Set<String> RESUMABLE = Set.of("demo", "train", "learn", "panel", "ensemble", "plane", "data");

    private final boolean resumes;
    private volatile boolean ended;

    private Interruption(boolean resumes) {
        this.resumes = resumes;
    }

    /** Watches a command line from now on. */
    static Interruption watch(PrintWriter err, String... args) {
        Interruption interruption = new Interruption(resumes(List.of(args)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.atExit(err), "thalweg-exit"));
        return interruption;
    }

    /** Returns whether the same command line would go on where this one stops; a single path does so while it trains a curve. */
    static boolean resumes(List<String> args) {
        String command = args.isEmpty() ? "" : args.get(0);
        boolean isKeptCurve = command.equals("connect")
                && args.stream().anyMatch(arg -> arg.contains("garipov") || arg.contains("bezier"))
                && args.stream().anyMatch(arg -> arg.startsWith(CommandRecord.OUT));
        return isKeptCurve || RESUMABLE.contains(command);
    }

    static String sentence(boolean resumes) {
        return resumes
                ? "thalweg: interrupted; what is finished is kept, and the same command goes on from there."
                : "thalweg: interrupted; nothing half-written is left, and the same command begins anew.";
    }

    /** The command has ended by itself. */
    void commandEnded() {
        ended = true;
    }

    private void atExit(PrintWriter err) {
        if (!ended) {
            err.println(sentence(resumes));
            err.close(); // the command may fail now, at a file that has gone: that is no second thing to tell
        }
        AtomicFile.endAll(); // workers may still be writing
    }
}
