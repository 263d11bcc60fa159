package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.thalweg.checkpoint.Header;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.checkpoint.Safetensors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a file says of itself. */
@Command(
        name = "inspect",
        description = "Names, shapes, dtypes and metadata of a network or path file, from its header alone.",
        footer = {"", ExitCode.FOOTER})
final class InspectCommand implements Callable<Integer> {
    private static final int LONGEST = 200;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A safetensors file.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(names = "--debug", description = "Print stack traces of errors.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    boolean help;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MissingFileException(file + ": no such file; check the path.");
        }
        Header header = Safetensors.header(file);
        PrintWriter out = spec.commandLine().getOut();
        long values = 0;
        for (Header.Entry entry : header.entries().values()) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %-5s %-16s %,d bytes%n",
                    entry.name(),
                    entry.dtype(),
                    entry.shape(),
                    entry.end() - entry.begin());
            values += entry.elements();
        }
        out.printf(Locale.ROOT, "%d tensors, %,d values%n", header.entries().size(), values);
        header.metadata().forEach((name, text) -> out.println(name + ": " + shortened(text)));
        return ExitCode.DONE;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }
}
