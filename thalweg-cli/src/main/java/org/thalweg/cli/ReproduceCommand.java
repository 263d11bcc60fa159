package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.thalweg.run.FileComparison;
import org.thalweg.run.RunCommand;
import org.thalweg.run.RunComparison;
import org.thalweg.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a saved result again and compares. */
@Command(
        name = "reproduce",
        description = {
            "Runs the command that made a result again, into another folder, and compares figure by figure. The data and files "
                    + "that it read must be where they were; their hashes are compared first."
        },
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class ReproduceCommand implements Callable<Integer> {
    /** Options that say where it ran, which no figure depends on. */
    private static final List<String> MACHINES = List.of("--spark", "--spark-conf");

    /** Options that say where it ran and what else was written. */
    private static final List<String> PLACES =
            Stream.concat(CommandRecord.OUTPUTS.stream(), MACHINES.stream()).toList();

    /** Commands whose results can be made again; a record that names another was not made by this program. */
    private static final Set<String> REPRODUCIBLE = Set.of(
            "train",
            "learn",
            "connect",
            "evaluate",
            "panel",
            "demo",
            "merge",
            "ensemble",
            "plane",
            "predict",
            "export");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RESULT",
            description = "Folder or file that a command wrote with --out, --report or --npz.")
    @SuppressWarnings("NullAway.Init")
    private Path result;

    @Option(
            names = CommandRecord.OUT,
            paramLabel = "DIR",
            description = "Folder to run it in (default: RESULT-again); resumed if it is there.")
    private @Nullable Path out;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Override
    public Integer call() throws IOException {
        List<RunCommand> commands = RunCommand.of(result);
        Path again = again();
        for (RunCommand command : commands) {
            CommandRecord.requireSameInputs(command, common(command));
        }
        if (Files.exists(result.resolve(RunFolder.SETTINGS))) {
            // defaults that have changed since are told at once, not compared
            new RunFolder(again).claim(new RunFolder(result).settings());
        }
        PrintWriter stdout = spec.commandLine().getOut();
        for (RunCommand command : commands) {
            String[] arguments = into(again, command).toArray(String[]::new);
            int code = Main.run(stdout, spec.commandLine().getErr(), arguments);
            if (code != ExitCode.DONE && code != ExitCode.NUMBERS) {
                return code;
            }
        }
        return compared(again, stdout);
    }

    /** Returns where the result is made again: a folder for a folder, and for a file one of its name in a folder. */
    private Path again() throws IOException {
        Path folder = out == null
                ? result.resolveSibling(
                        MeasuredPath.nameOf(result.toAbsolutePath().normalize()) + "-again")
                : out;
        Path again = Files.isDirectory(result) ? folder : folder.resolve(result.getFileName());
        if (Files.exists(again) && Files.isSameFile(result, again)) {
            throw new IllegalArgumentException(
                    "--out would write over the result itself (" + result + "); choose another folder.");
        }
        return again;
    }

    /** Returns the common options of a recorded command line, if its command has them. */
    private Optional<CommonOptions> common(RunCommand command) {
        String name = command.arguments().get(0);
        if (!REPRODUCIBLE.contains(name)) {
            throw new IllegalArgumentException(result + ": its command '" + name
                    + "' is none that can be run again; it must be one of "
                    + String.join(", ", new TreeSet<>(REPRODUCIBLE)) + ".");
        }
        CommandSpec parsed = Main.commandLine()
                .parseArgs(command.arguments().toArray(String[]::new))
                .subcommand()
                .commandSpec();
        return Optional.ofNullable(parsed.mixins().get("common")).map(mixin -> (CommonOptions) mixin.userObject());
    }

    /** Returns the command with its result in another place and no other one, to be run on this machine. */
    private static List<String> into(Path place, RunCommand command) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < command.arguments().size(); i++) {
            String argument = command.arguments().get(i);
            if (PLACES.contains(argument)) {
                i++; // and its value
            } else if (PLACES.stream().noneMatch(option -> argument.startsWith(option + "="))) {
                arguments.add(argument);
            }
        }
        arguments.add(command.output());
        arguments.add(place.toString());
        return arguments;
    }

    private int compared(Path again, PrintWriter stdout) throws IOException {
        RunComparison comparison = RunComparison.of(result, again);
        stdout.println();
        for (FileComparison file : comparison.files()) {
            stdout.println(file.name() + ": "
                    + (file.different() == 0
                            ? "same, " + (file.figures() == 1 ? "1 file" : Counted.text(file.figures(), "figure"))
                            : file.different() + " of " + file.figures() + " differ, such as "
                                    + file.example().orElse("")));
        }
        stdout.printf(
                Locale.ROOT,
                "%s: %s, %s compared.%n",
                comparison.isSame() ? "The result was reproduced" : "The result was NOT reproduced",
                Counted.text(comparison.files().size(), "file"),
                Counted.text(comparison.figures(), "figure"));
        return comparison.isSame() ? ExitCode.DONE : ExitCode.NUMBERS;
    }
}
