package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.ImageShape;
import org.thalweg.data.TargetColumn;
import org.thalweg.run.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a data set holds, and above all which output of a network stands for what. */
@Command(
        name = "show",
        description =
                "Reads a data set in full and says what it holds: how many examples of what shape, and which class or "
                        + "target each output of a network stands for.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class ShowCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "glyphs, mnist, cifar-10, …, or FILE.yaml.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Folder of the data set, or its parent (default: $THALWEG_DATA).")
    private @Nullable Path dataDir;

    @Mixin
    HelpOptions help = new HelpOptions();

    @Override
    public Integer call() throws IOException {
        DataOptions usual = DataOptions.DEFAULTS;
        Dataset data = Datasets.open(
                name, new DataOptions(DataCommand.folder(dataDir), usual.trainExamples(), usual.testExamples()));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %d training and %d test examples, %s%n",
                data.name(),
                data.train().count(),
                data.test().count(),
                shape(data.shape()));
        List<String> outputs = data.loss().hasAccuracy() ? classes(data) : targets(data);
        for (int output = 0; output < outputs.size(); output++) {
            out.printf(Locale.ROOT, "output %-4d  %s%n", output, outputs.get(output));
        }
        printRemarks(data, spec.commandLine().getErr());
        return ExitCode.DONE;
    }

    /** Prints what is suspicious about a data set. */
    static void printRemarks(Dataset data, PrintWriter err) {
        data.remarks().forEach(remark -> err.println(data.name() + ": " + remark));
    }

    private static String shape(ImageShape shape) {
        List<Integer> extents = List.of(shape.channels(), shape.height(), shape.width());
        return shape.channels() == 1 && shape.height() == 1
                ? "vectors of " + shape.width()
                : "images " + extents + " (channels, height, width)";
    }

    private static List<String> classes(Dataset data) {
        int[] train = data.train().labelCounts();
        int[] test = data.test().labelCounts();
        return IntStream.range(0, data.outputs())
                .mapToObj(label -> "class " + data.train().classNames().get(label) + ": " + train[label] + " training, "
                        + test[label] + " test")
                .toList();
    }

    private static List<String> targets(Dataset data) {
        return data.train().targetColumns().stream().map(ShowCommand::text).toList();
    }

    private static String text(TargetColumn target) {
        return target.mean() == 0 && target.deviation() == 1
                ? "target " + target.name()
                : "target (" + target.name() + " - " + rounded(target.mean()) + ") / " + rounded(target.deviation());
    }

    /** Returns six digits of a number, to be read and not to be computed with. */
    private static String rounded(double value) {
        BigDecimal digits = new BigDecimal(value).round(new MathContext(6));
        return Numbers.text(digits.doubleValue());
    }
}
