package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.data.DataOptions;
import org.thalweg.data.Dataset;
import org.thalweg.data.Datasets;
import org.thalweg.data.Examples;
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
        for (int output = 0; output < data.outputs(); output++) {
            out.printf(
                    Locale.ROOT,
                    "output %-4d  %s%n",
                    output,
                    data.loss().hasAccuracy() ? ofClass(data, output) : ofTarget(data, output));
        }
        return ExitCode.DONE;
    }

    private static String shape(ImageShape shape) {
        List<Integer> extents = List.of(shape.channels(), shape.height(), shape.width());
        return shape.channels() == 1 && shape.height() == 1
                ? "vectors of " + shape.width()
                : "images " + extents + " (channels, height, width)";
    }

    private static String ofClass(Dataset data, int label) {
        return String.format(
                Locale.ROOT,
                "class %s: %d training, %d test",
                data.train().classNames().get(label),
                count(data.train(), label),
                count(data.test(), label));
    }

    private static int count(Examples examples, int label) {
        int count = 0;
        for (int i = 0; i < examples.count(); i++) {
            count += examples.label(i) == label ? 1 : 0;
        }
        return count;
    }

    private static String ofTarget(Dataset data, int output) {
        TargetColumn target = data.train().targetColumns().get(output);
        return target.mean() == 0 && target.deviation() == 1
                ? "target " + target.name()
                : "target (" + target.name() + " - " + Numbers.text(target.mean()) + ") / "
                        + Numbers.text(target.deviation());
    }
}
