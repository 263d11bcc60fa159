package org.thalweg.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.run.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;

/** The program {@code thalweg}. */
@Command(
        name = "thalweg",
        description = "Joins trained neural networks by low-loss paths.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            DemoCommand.class,
            TrainCommand.class,
            CheckCommand.class,
            LearnCommand.class,
            ConnectCommand.class,
            EvaluateCommand.class,
            PanelCommand.class,
            ReportCommand.class,
            MergeCommand.class,
            EnsembleCommand.class,
            PredictCommand.class,
            PlaneCommand.class,
            ReproduceCommand.class,
            ExportCommand.class,
            DataCommand.class,
            MethodsCommand.class,
            InspectCommand.class
        },
        footer = {"", "'thalweg COMMAND --help' explains a command.", ExitCode.FOOTER})
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private Main() {}

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Program.TITLE};
        }
    }

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        StandardOutput stdout = new StandardOutput();
        PrintWriter out = new PrintWriter(stdout, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Interruption interruption = Interruption.watch(err, args);
        int code = run(out, err, args);
        out.flush();
        if (code == ExitCode.DONE && stdout.failure().isPresent()) {
            err.println("thalweg: standard output: cannot be written ("
                    + stdout.failure().get() + ").");
            code = ExitCode.CANNOT_WRITE;
        }
        interruption.commandEnded();
        System.exit(code);
    }

    /** Runs a command and returns its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine command = commandLine()
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpLongOptionsMaxWidth(30)
                .setExecutionStrategy(parsed -> {
                    Overwriting.refuse(parsed);
                    return new RunLast().execute(parsed);
                })
                .setExecutionExceptionHandler(Errors::onFailure)
                .setParameterExceptionHandler(UsageErrors::print);
        try {
            return command.execute(args);
        } catch (OutOfMemoryError e) { // picocli handles exceptions only
            return Errors.onHeapFull(e, err, args);
        }
    }

    /** Returns what reads the program's arguments. */
    static CommandLine commandLine() {
        return commandLine(Path.of(""));
    }

    /**
     * Returns the same for arguments that were typed elsewhere.
     *
     * @param base the folder that relative file names begin from
     */
    static CommandLine commandLine(Path base) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, new FileArgument(base));
    }

    /** Returns the whole command line that a command was called with. */
    static List<String> arguments(CommandSpec command) {
        return command.root().commandLine().getParseResult().originalArgs();
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
