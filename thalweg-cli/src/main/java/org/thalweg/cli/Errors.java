package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Set;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.checkpoint.WriteException;
import org.thalweg.data.DataException;
import org.thalweg.data.MissingDataException;
import org.thalweg.data.Suggestion;
import org.thalweg.engine.EngineException;
import org.thalweg.evaluate.NonFiniteLossException;
import org.thalweg.network.MismatchException;
import org.thalweg.train.DivergedException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence and an exit code. */
final class Errors {
    private static final String DEBUG = "--debug";

    private Errors() {}

    @SuppressWarnings("unused") // picocli's handler has this shape
    static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        int code = code(failure);
        if (code == ExitCode.OUR_FAULT) {
            err.println("thalweg: internal error: " + failure + "; run again with --debug and report it.");
        } else {
            err.println("thalweg: " + failure.getMessage());
        }
        if (parsed.expandedArgs().contains(DEBUG)) {
            failure.printStackTrace(err);
        }
        return code;
    }

    static int code(Throwable failure) {
        if (failure instanceof MissingDataException || failure instanceof MissingFileException) {
            return ExitCode.USAGE;
        }
        if (failure instanceof WriteException) {
            return ExitCode.CANNOT_WRITE;
        }
        if (failure instanceof DataException
                || failure instanceof CheckpointException
                || failure instanceof MismatchException) {
            return ExitCode.BAD_FILE;
        }
        if (failure instanceof DivergedException
                || failure instanceof NonFiniteLossException
                || failure instanceof EngineException) {
            return ExitCode.NUMBERS;
        }
        if (failure instanceof IOException) {
            return ExitCode.BAD_FILE; // what is left is a file that cannot be read
        }
        return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.OUR_FAULT;
    }

    private static String message(ParameterException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String name = unmatched.getUnmatched().get(0);
            message = "unknown word '" + name + "' on the command line";
            if (!name.startsWith("-")) {
                Set<String> known = failure.getCommandLine().getSubcommands().keySet();
                return message + "; " + Suggestion.sentence(name, known);
            }
        }
        return message.lines().findFirst().orElse(message);
    }

    @SuppressWarnings("unused") // picocli's handler has this shape
    static int onUsage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String message = message(failure);
        err.println("thalweg: " + message + (message.endsWith(".") || message.endsWith("?") ? "" : ".") + " See '"
                + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }
}
