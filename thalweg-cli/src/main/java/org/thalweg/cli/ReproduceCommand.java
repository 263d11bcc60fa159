package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.run.RunCommand;
import org.thalweg.run.RunComparison;
import org.thalweg.run.RunComparison.FileComparison;
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
            "Runs the command that made a run again, into another folder, and compares figure by figure. The run's data and "
                    + "networks must be where they were; their hashes are compared first."
        },
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class ReproduceCommand implements Callable<Integer> {
    private static final String OUT = "--out";

    /** Options that say where a run went and where it ran, which no figure depends on. */
    private static final List<String> PLACES = List.of(OUT, "--spark", "--spark-conf");

    /** Commands whose runs can be made again; a record that names another was not made by this program. */
    private static final Set<String> REPRODUCIBLE = Set.of("panel", "demo");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "Folder of the run.")
    @SuppressWarnings("NullAway.Init")
    private Path run;

    @Option(
            names = OUT,
            paramLabel = "DIR",
            description = "Folder to run it in (default: RUN-again); resumed if it is there.")
    private @Nullable Path out;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Override
    public Integer call() throws IOException {
        RunFolder saved = new RunFolder(run);
        List<String> command = RunCommand.read(saved);
        if (!REPRODUCIBLE.contains(command.get(0))) {
            throw new IllegalArgumentException(run + ": its command '" + command.get(0)
                    + "' is none that can be run again; it must be panel or demo.");
        }
        Path again = out == null
                ? run.resolveSibling(run.toAbsolutePath().normalize().getFileName() + "-again")
                : out;
        if (Files.exists(again) && Files.isSameFile(run, again)) {
            throw new IllegalArgumentException("--out is the run itself; choose another folder.");
        }
        RunFolder folder = new RunFolder(again);
        folder.claim(saved.settings()); // data or networks that have changed since are told at once, not compared
        PrintWriter stdout = spec.commandLine().getOut();
        int code = Main.run(
                stdout, spec.commandLine().getErr(), into(again, command).toArray(String[]::new));
        return code == ExitCode.DONE || code == ExitCode.NUMBERS
                ? compared(saved, folder, stdout)
                : Integer.valueOf(code);
    }

    /** Returns the command with its output in another folder, to be run on this machine. */
    private static List<String> into(Path folder, List<String> command) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < command.size(); i++) {
            String argument = command.get(i);
            if (PLACES.contains(argument)) {
                i++; // and its value
            } else if (PLACES.stream().noneMatch(place -> argument.startsWith(place + "="))) {
                arguments.add(argument);
            }
        }
        arguments.add(OUT);
        arguments.add(folder.toString());
        return arguments;
    }

    private static int compared(RunFolder saved, RunFolder again, PrintWriter stdout) throws IOException {
        RunComparison comparison = RunComparison.of(saved, again);
        stdout.println();
        for (FileComparison file : comparison.files()) {
            stdout.println(file.name() + ": "
                    + (file.different() == 0
                            ? "same, " + file.figures() + (file.figures() == 1 ? " file" : " figures")
                            : file.different() + " of " + file.figures() + " differ, such as "
                                    + file.example().orElse("")));
        }
        stdout.printf(
                Locale.ROOT,
                "%s: %d files, %,d figures compared.%n",
                comparison.isSame() ? "The run was reproduced" : "The run was NOT reproduced",
                comparison.files().size(),
                comparison.figures());
        return comparison.isSame() ? ExitCode.DONE : ExitCode.NUMBERS;
    }
}
