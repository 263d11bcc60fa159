package org.thalweg.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong with a command line. */
final class UsageErrors {
    private UsageErrors() {}

    /** Prints the sentence, and returns the exit code. */
    static int print(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String message = message(failure, args);
        err.println("thalweg: " + message + (message.endsWith(".") || message.endsWith("?") ? "" : ".") + " See '"
                + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static String message(ParameterException failure, String[] args) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched.getUnmatched().get(0), command);
        }
        if (failure instanceof MissingParameterException missing) { // told before what is unknown
            return unknownOption(args, command)
                    .map(option -> unknown(option, command))
                    .orElseGet(() -> missing(missing));
        }
        ArgSpec argument = failure.getArgSpec();
        Throwable cause = failure.getCause();
        if (argument != null && cause != null && !(cause instanceof TypeConversionException)) {
            // a sentence of the library, whose exception picocli quotes by its Java name
            return "invalid value for " + name(argument) + ": " + cause.getMessage();
        }
        if (argument != null && argument.typeInfo().isEnum()) {
            return name(argument) + " is '" + failure.getValue() + "' but must be one of " + names(argument) + ".";
        }
        return firstLine(failure);
    }

    private static String unknown(String word, CommandSpec command) {
        if (word.startsWith("-")) {
            String option = nameOf(word);
            return "unknown option '" + option + "'"
                    + Suggestion.nearest(option, command.optionsMap().keySet())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse("");
        }
        Collection<String> known = command.subcommands().keySet();
        return "unknown word '" + word + "' on the command line; " + Suggestion.sentence(word, known);
    }

    private static String nameOf(String option) {
        return option.replaceFirst("=.*", "");
    }

    private static Optional<String> unknownOption(String[] args, CommandSpec command) {
        return Stream.of(args)
                .filter(word -> word.startsWith("--") && word.length() > 2)
                .map(UsageErrors::nameOf)
                .filter(name -> command.findOption(name) == null)
                .findFirst();
    }

    /** Positional arguments of which several are needed are told as what they are, not by their index. */
    private static String missing(MissingParameterException failure) {
        return failure.getMissing().stream()
                .filter(argument -> argument.isPositional() && argument.arity().min() > 1)
                .findFirst()
                .map(argument ->
                        argument.paramLabel() + " is needed " + argument.arity().min() + " times at least")
                .orElseGet(() -> firstLine(failure));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String names(ArgSpec argument) {
        @Nullable Object[] constants = argument.typeInfo().getType().getEnumConstants();
        return Stream.of(constants)
                .map(constant -> String.valueOf(constant).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String firstLine(ParameterException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
