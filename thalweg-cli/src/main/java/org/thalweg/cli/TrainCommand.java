package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.panel.NetworkTraining;
import org.thalweg.run.RunFolder;
import org.thalweg.run.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains networks. */
@Command(
        name = "train",
        abbreviateSynopsis = true,
        description = "Trains networks from seeds into RUN/networks; interrupted trainings go on where they stopped.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class TrainCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "Folder of the run.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--seeds", paramLabel = "LIST", description = "Such as 1-4 or 1,3,7 (default: 1-2).")
    private String seeds = "1-2";

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        List<Long> numbers = Seeds.parse(seeds);
        Dataset data = common.open();
        RunFolder folder = new RunFolder(out);
        NetworkTraining training = new NetworkTraining(
                folder.networks(), recipe.architecture(data), recipe.recipe(data), data, common.root());
        try (Engine engine = common.startEngine();
                RunLock lock = RunLock.take(folder);
                Progress progress = new Progress(spec.commandLine().getErr(), common.quiet)) {
            progress.onPlan(training.missing(numbers).size() * training.recipe().epochs(), 0);
            training.train(engine, numbers, progress);
            CommandRecord.of(spec, CommandRecord.OUT, data).addTo(out);
        }
        PrintWriter stdout = spec.commandLine().getOut();
        numbers.forEach(seed -> stdout.println(training.file(seed)));
        return ExitCode.DONE;
    }
}
