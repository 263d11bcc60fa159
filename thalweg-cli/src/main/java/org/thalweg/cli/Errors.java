package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Objects;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.checkpoint.WriteException;
import org.thalweg.connect.NoConvergenceException;
import org.thalweg.data.MissingDataException;
import org.thalweg.engine.EngineException;
import org.thalweg.evaluate.NonFiniteLossException;
import org.thalweg.learn.SingularMapException;
import org.thalweg.network.MismatchException;
import org.thalweg.panel.WorkerException;
import org.thalweg.run.FolderInUseException;
import org.thalweg.train.DivergedException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one sentence and an exit code. */
final class Errors {
    private static final String DEBUG = "--debug";

    /** The exit code of a type of exception and of its subtypes, unless an earlier kind has it. */
    private record Kind(Class<? extends Exception> type, int code) {}

    private static final List<Kind> CODES = List.of(
            new Kind(MissingDataException.class, ExitCode.USAGE),
            new Kind(MissingFileException.class, ExitCode.USAGE),
            new Kind(WriteException.class, ExitCode.CANNOT_WRITE),
            new Kind(FolderInUseException.class, ExitCode.CANNOT_WRITE),
            new Kind(MismatchException.class, ExitCode.BAD_FILE),
            new Kind(IOException.class, ExitCode.BAD_FILE), // bad data, bad checkpoints, files that cannot be read
            new Kind(DivergedException.class, ExitCode.NUMBERS),
            new Kind(NoConvergenceException.class, ExitCode.NUMBERS),
            new Kind(SingularMapException.class, ExitCode.NUMBERS),
            new Kind(NonFiniteLossException.class, ExitCode.NUMBERS),
            new Kind(EngineException.class, ExitCode.NUMBERS),
            new Kind(IllegalArgumentException.class, ExitCode.USAGE));

    private Errors() {}

    @SuppressWarnings("unused") // picocli's handler has this shape
    static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Exception cause =
                failure instanceof UncheckedIOException wrapped ? Objects.requireNonNull(wrapped.getCause()) : failure;
        Exception origin = origin(cause);
        int code = code(origin.getClass());
        String sentence = code == ExitCode.OUR_FAULT ? ourFault(cause) : sentence(cause);
        err.println("thalweg: " + Advice.added(sentence, origin, command));
        if (parsed.expandedArgs().contains(DEBUG)) {
            failure.printStackTrace(err);
        }
        return code;
    }

    /** Returns what failed, whichever machine it happened on. */
    private static Exception origin(Exception failure) {
        return failure instanceof WorkerException && failure.getCause() instanceof Exception cause ? cause : failure;
    }

    /** Says that the Java heap is full; native memory that runs out is an {@link EngineException}. */
    static int onHeapFull(OutOfMemoryError failure, PrintWriter err, String... args) {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        err.println("thalweg: out of memory: " + failure.getMessage() + ", of " + megabytes + " MB at most; use fewer "
                + "examples or threads, or a larger heap (JAVA_TOOL_OPTIONS=-Xmx" + 2 * megabytes + "m).");
        if (List.of(args).contains(DEBUG)) {
            failure.printStackTrace(err);
        }
        return ExitCode.NUMBERS;
    }

    private static String ourFault(Exception failure) {
        return oneLine("internal error: " + failure + "; run again with --debug and report it.");
    }

    static String sentence(Exception failure) {
        if (failure instanceof FileSystemException e) { // its message may be the file's name alone
            String reason = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
            String name = e.getClass().getSimpleName().replace("Exception", "");
            return oneLine(e.getFile() + ": cannot be read (" + (reason == null ? name : reason) + ").");
        }
        return oneLine(String.valueOf(failure.getMessage()));
    }

    /** Names that come from files may hold anything; what they say to a terminal is not obeyed. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\p{Cf}]+", " ").strip();
    }

    static int code(Class<? extends Exception> failure) {
        return CODES.stream()
                .filter(kind -> kind.type().isAssignableFrom(failure))
                .mapToInt(Kind::code)
                .findFirst()
                .orElse(ExitCode.OUR_FAULT);
    }
}
