package org.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Keeps commands from writing over what they read. */
final class Overwriting {
    private Overwriting() {}

    /**
     * Checks a command before it runs.
     *
     * @throws ParameterException if a result would take the place of a file that the command names as an input
     */
    static void refuse(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        List<Path> inputs = command.matchedArgs().stream()
                .filter(argument -> !CommandRecord.isOutput(argument))
                .flatMap(Overwriting::inputs)
                .toList();
        for (ArgSpec argument : command.matchedArgs()) {
            if (CommandRecord.isOutput(argument)) {
                for (Path output : CommandRecord.files(argument)) {
                    if (inputs.stream().anyMatch(input -> isSame(input, output))) {
                        throw new ParameterException(
                                command.commandSpec().commandLine(),
                                ((OptionSpec) argument).longestName() + " is " + output
                                        + ", which the command reads; name another file.");
                    }
                }
            }
        }
    }

    /** Returns the files that an argument names: paths, and descriptions of data and networks, which are words as well. */
    private static Stream<Path> inputs(ArgSpec argument) {
        boolean isDescription =
                argument.getValue() instanceof String text && (text.endsWith(".yaml") || text.endsWith(".yml"));
        return isDescription
                ? Stream.of(Path.of((String) argument.getValue())).filter(Files::isRegularFile)
                : CommandRecord.files(argument).stream();
    }

    private static boolean isSame(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
