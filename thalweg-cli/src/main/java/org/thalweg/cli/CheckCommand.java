package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.Recognition;
import org.thalweg.checkpoint.TensorDifference;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.MethodCheck;
import org.thalweg.connect.Sizes;
import org.thalweg.engine.Speed;
import org.thalweg.network.Architecture;
import org.thalweg.network.ArchitectureFile;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says which methods can join two networks, from their files' headers alone. */
@Command(
        name = "check",
        description = {
            "Says which methods can connect two networks, which cannot and why, and about what they would cost; from the "
                    + "files' headers alone. Exit code 3 if none can."
        },
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class CheckCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "Network file where the path would start.")
    @SuppressWarnings("NullAway.Init")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "Network file where it would end.")
    @SuppressWarnings("NullAway.Init")
    private Path b;

    @Option(
            names = "--train-examples",
            paramLabel = "N",
            description = "Training examples that costs are told for (default: 50000).")
    private int examples = 50_000;

    @Option(names = "--threads", paramLabel = "N", description = "Worker threads (default: all cores).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    HelpOptions help = new HelpOptions();

    /** A file, and the network that it holds if that is recognised. */
    private record Side(String letter, Checkpoint checkpoint, Optional<Recognition> recognition, String otherwise) {
        static Side of(String letter, Path file, List<ArchitectureFile> descriptions) throws IOException {
            Checkpoint checkpoint = Checkpoint.open(file);
            try {
                return new Side(letter, checkpoint, Optional.of(Recognition.of(checkpoint, descriptions)), "");
            } catch (CheckpointException e) {
                return new Side(letter, checkpoint, Optional.empty(), e.problem());
            }
        }

        Map<String, String> names() {
            return recognition.map(Recognition::names).orElse(Map.of());
        }

        Precision precision() {
            boolean wide = names().values().stream()
                    .anyMatch(name -> checkpoint.entry(name).dtype() == Dtype.F64);
            return wide ? Precision.FLOAT64 : Precision.FLOAT32;
        }
    }

    @Override
    public Integer call() throws IOException {
        if (examples < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "--train-examples is " + examples + " and --threads " + threads + "; both must be positive.");
        }
        List<ArchitectureFile> descriptions = architecture.read();
        Side first = Side.of("A", a, descriptions);
        Side second = Side.of("B", b, descriptions);
        print(first);
        print(second);
        Optional<String> obstacle = obstacle(first, second, !descriptions.isEmpty());
        if (obstacle.isPresent()) {
            out().println("No method can connect them: " + obstacle.get());
            printDifferences(
                    TensorDifference.between(first.checkpoint(), first.names(), second.checkpoint(), second.names()));
            return ExitCode.BAD_FILE;
        }
        Sizes sizes = new Sizes(
                first.recognition().orElseThrow().architecture(),
                second.recognition().orElseThrow().architecture(),
                first.precision(),
                examples,
                Long.MAX_VALUE, // as if memory were no bound
                ConnectSettings.DEFAULTS);
        printAnswers(new MethodCheck(sizes).answers(), Speed.usual(sizes.a()));
        return ExitCode.DONE;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void print(Side side) {
        out().println(side.letter() + "  " + side.checkpoint().file() + ", "
                + side.checkpoint().format().title());
        if (side.recognition().isEmpty()) {
            out().println("   network not recognised: " + side.otherwise());
            return;
        }
        Recognition recognition = side.recognition().get();
        long weights = recognition.architecture().tensors().values().stream()
                .mapToLong(Shape::elements)
                .sum();
        out().printf(
                        Locale.ROOT,
                        "   %s, %,d weights%n",
                        Quote.line(recognition.architecture().text()),
                        weights);
        recognition.assumptions().forEach(line -> out().println("   " + line));
    }

    private static Optional<String> obstacle(Side first, Side second, boolean isDescribed) {
        if (first.recognition().isEmpty() || second.recognition().isEmpty()) {
            String name = first.recognition().isEmpty() ? "A" : "B";
            return Optional.of(
                    isDescribed
                            ? "what is given with --architecture does not fit " + name + "."
                            : "which network " + name + " is, is not known; " + Advice.DESCRIBE);
        }
        Architecture architecture = first.recognition().get().architecture();
        Architecture other = second.recognition().get().architecture();
        if (!architecture.equals(other) && !architecture.differsInWidthsOnly(other)) {
            return Optional.of("they differ in architecture, and a path joins networks of one architecture.");
        }
        return first.precision() == second.precision()
                ? Optional.empty()
                : Optional.of(
                        "A is " + first.precision() + " and B is " + second.precision() + "; convert one of them.");
    }

    private void printDifferences(List<TensorDifference> differences) {
        if (differences.isEmpty()) {
            return;
        }
        out().printf("%n%-32s  %-20s  %-20s%n", "tensors that differ", "A", "B");
        differences.forEach(difference -> out().printf(
                        "%-32s  %-20s  %-20s%n",
                        Quote.line(difference.name()), kind(difference.a()), kind(difference.b())));
    }

    private static String kind(Optional<Entry> entry) {
        return entry.map(tensor -> tensor.dtype() + " " + tensor.shapeText()).orElse("missing");
    }

    private void printAnswers(List<MethodCheck.Answer> answers, Speed speed) {
        out().printf(
                        Locale.ROOT,
                        "%n%-18s  %12s  %10s   about, to connect, with %d training examples on %d threads%n",
                        "method",
                        "time",
                        "memory",
                        examples,
                        threads);
        for (MethodCheck.Answer answer : answers) {
            String text = answer.obstacle()
                    .map(reason -> "no: " + reason)
                    .orElseGet(() -> String.format(
                            Locale.ROOT,
                            "%12s  %7d MB",
                            duration(speed.seconds(answer.work(), threads)),
                            (answer.bytes() >> 20) + 1));
            out().printf("%-18s  %s%n", answer.method(), text);
        }
    }

    private static String duration(double seconds) {
        if (seconds < 1) {
            return "under 1 s";
        }
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < 6000
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.0f h", seconds / 3600);
    }
}
