package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.EnsembleFile;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.checkpoint.Recognition;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.network.ArchitectureFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a file says of itself. */
@Command(
        name = "inspect",
        description = "Names, shapes, dtypes and metadata of a weight or path file, and the network that it holds.",
        footer = {"", ExitCode.FOOTER})
final class InspectCommand implements Callable<Integer> {
    private static final int LONGEST = 200;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A safetensors, PyTorch, NPZ or ONNX file, or an index of shards.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    HelpOptions help = new HelpOptions();

    @Override
    public Integer call() throws IOException {
        Checkpoint checkpoint = Checkpoint.open(file);
        PrintWriter out = spec.commandLine().getOut();
        int width = checkpoint.entries().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        String row = "%-" + Math.max(20, Math.min(60, width)) + "s %-5s %-16s %,d bytes%n";
        long values = 0;
        for (Entry entry : checkpoint.entries().values()) {
            out.printf(Locale.ROOT, row, Quote.line(entry.name()), entry.dtype(), entry.shapeText(), entry.bytes());
            values += entry.elements();
        }
        out.printf(
                Locale.ROOT,
                "%d tensors, %,d values, %s%n",
                checkpoint.entries().size(),
                values,
                checkpoint.format().title());
        checkpoint.metadata().forEach((name, text) -> out.println(Quote.line(name) + ": " + shortened(text)));
        checkpoint.remarks().forEach(out::println);
        if (!PathFile.isPath(checkpoint) && !EnsembleFile.isEnsemble(checkpoint)) { // whose tensors are no network
            printNetwork(checkpoint, architecture.read());
        }
        return ExitCode.DONE;
    }

    private void printNetwork(Checkpoint checkpoint, List<ArchitectureFile> descriptions) {
        PrintWriter out = spec.commandLine().getOut();
        try {
            Recognition recognition = Recognition.of(checkpoint, descriptions);
            out.println("network: " + shortened(recognition.architecture().text()));
            recognition.names().forEach((ours, theirs) -> {
                if (!ours.equals(theirs)) {
                    out.println("  " + ours + " is " + Quote.line(theirs));
                }
            });
            recognition.assumptions().forEach(out::println);
        } catch (CheckpointException e) {
            out.println("network: not recognised; " + Advice.added(e.problem(), e, spec.commandLine()));
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST
                ? Quote.line(text)
                : Quote.line(text.substring(0, LONGEST)) + "… (" + text.length() + " characters)";
    }
}
