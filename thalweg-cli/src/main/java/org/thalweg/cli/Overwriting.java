package org.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.thalweg.yaml.YamlFile;
import org.thalweg.yaml.YamlNode;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Keeps commands from writing over what they read. */
final class Overwriting {
    /** What descriptions of data say in these is no file, though one may have its name. */
    private static final Set<String> WORDS = Set.of("name", "task", "classes", "label", "target");

    private Overwriting() {}

    /**
     * Checks a command before it runs.
     *
     * @throws ParameterException if a result would take the place of a file that the command reads, or lie among the examples of its data
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
            if (CommandRecord.isOutput(argument) && argument.getValue() instanceof Path output) {
                refuse((OptionSpec) argument, output, inputs);
            }
        }
    }

    private static void refuse(OptionSpec option, Path output, List<Path> inputs) {
        for (Path input : inputs) {
            boolean isInput = isSame(input, output);
            if (isInput || isFolderAround(input, output)) {
                throw new ParameterException(
                        option.command().commandLine(),
                        option.longestName() + " is " + output + (isInput ? "," : ", in " + input + ",")
                                + " which the command reads; name another place.");
            }
        }
    }

    /** Returns the files that an argument names: paths, and descriptions, those of data with the files and folders they name. */
    private static Stream<Path> inputs(ArgSpec argument) {
        boolean isDescription =
                argument.getValue() instanceof String text && (text.endsWith(".yaml") || text.endsWith(".yml"));
        if (!isDescription) {
            return CommandRecord.files(argument).stream();
        }
        Path description = Path.of((String) argument.getValue());
        if (!Files.isRegularFile(description)) {
            return Stream.of();
        }
        boolean isOfData =
                argument instanceof OptionSpec option && option.longestName().equals("--data");
        if (!isOfData) {
            return Stream.of(description);
        }
        try {
            Stream<Path> named = texts(YamlFile.read(description))
                    .flatMap(text -> beside(description, text).stream())
                    .filter(Files::exists);
            return Stream.concat(Stream.of(description), named);
        } catch (IOException e) {
            return Stream.of(description); // what is wrong with it is told when it is opened
        }
    }

    private static Stream<String> texts(YamlNode node) {
        if (node instanceof YamlNode.Sequence list) {
            return list.items().stream().flatMap(Overwriting::texts);
        }
        return node instanceof YamlNode.Mapping mapping
                ? mapping.values().entrySet().stream()
                        .filter(entry -> !WORDS.contains(entry.getKey()))
                        .flatMap(entry -> texts(entry.getValue()))
                : Stream.of(((YamlNode.Scalar) node).text());
    }

    private static Optional<Path> beside(Path description, String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(description.resolveSibling(text));
        } catch (InvalidPathException e) { // a text of another kind
            return Optional.empty();
        }
    }

    /** Returns whether an output would lie in a folder of data, among its examples. */
    private static boolean isFolderAround(Path input, Path output) {
        return Files.isDirectory(input)
                && output.toAbsolutePath()
                        .normalize()
                        .startsWith(input.toAbsolutePath().normalize());
    }

    private static boolean isSame(Path a, Path b) {
        try {
            return Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
