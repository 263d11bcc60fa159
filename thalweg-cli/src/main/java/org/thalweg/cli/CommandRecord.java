package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.data.Dataset;
import org.thalweg.run.OtherConfigurationException;
import org.thalweg.run.RunCommand;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command was called with and read, as its result records it. */
final class CommandRecord {
    static final String OUT = "--out";
    static final String REPORT = "--report";
    static final String NPZ = "--npz";

    /** Options that name results. */
    static final List<String> OUTPUTS = List.of(OUT, REPORT, NPZ);

    private CommandRecord() {}

    /**
     * Returns the record of the command that is running.
     *
     * @param output the option that names the result
     * @param data the data set that it used
     */
    static RunCommand of(CommandSpec spec, String output, Dataset data) throws IOException {
        return of(spec, output, Optional.of(data));
    }

    /** Returns the record of the command that is running and uses a data set, or none. */
    static RunCommand of(CommandSpec spec, String output, Optional<Dataset> data) throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (ArgSpec argument : spec.commandLine().getParseResult().matchedArgs()) {
            if (!isOutput(argument)) {
                for (Path file : files(argument)) {
                    files.put(file.toString(), NetworkFile.hash(file));
                }
            }
        }
        return new RunCommand(Main.arguments(spec), output, data.map(Dataset::hash), files);
    }

    /** Returns whether an argument names a result. */
    static boolean isOutput(ArgSpec argument) {
        return argument instanceof OptionSpec option
                && Stream.of(option.names()).anyMatch(OUTPUTS::contains);
    }

    /** Returns the files that an argument names; those of data sets are told by the hash of what was read from them. */
    static List<Path> files(ArgSpec argument) {
        Object value = argument.getValue();
        Collection<?> values =
                value instanceof Collection<?> several ? several : value == null ? List.of() : List.of(value);
        return values.stream()
                .filter(Path.class::isInstance)
                .map(Path.class::cast)
                .filter(Files::isRegularFile)
                .toList();
    }

    /**
     * Checks that what a command read is still what it was; telling that now saves running it for nothing.
     *
     * @param common the options of data that it was called with, if it has such
     * @throws MissingFileException if a file is not there any more
     * @throws OtherConfigurationException if a file or the data set is another
     */
    static void requireSameInputs(RunCommand command, Optional<CommonOptions> common) throws IOException {
        for (Map.Entry<String, String> input : new TreeMap<>(command.files()).entrySet()) {
            Path file = Path.of(input.getKey());
            if (!Files.isRegularFile(file)) {
                throw new MissingFileException(
                        file + ": no such file, but the result was made from it; put it back, or "
                                + "stand in the folder that its name begins from.");
            }
            requireSame(file.toString(), NetworkFile.hash(file), input.getValue());
        }
        if (command.data().isPresent() && common.isPresent()) {
            CommonOptions options = common.get();
            requireSame(
                    "data set " + options.data,
                    options.read().hash(),
                    command.data().get());
        }
    }

    private static void requireSame(String what, String now, String then) {
        if (!now.equals(then)) {
            throw new OtherConfigurationException(what + " has hash " + now + " now but had " + then
                    + " when the result was made; put back what it was made from.");
        }
    }
}
