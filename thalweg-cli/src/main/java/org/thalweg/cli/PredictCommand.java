package org.thalweg.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.EnsembleFile;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.ensemble.EnsembleRunner;
import org.thalweg.ensemble.Predictions;
import org.thalweg.network.Averaging;
import org.thalweg.network.Ensemble;
import org.thalweg.result.PredictionScore;
import org.thalweg.run.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what an ensemble or a network predicts. */
@Command(
        name = "predict",
        abbreviateSynopsis = true,
        description = "Measures an ensemble or a network on test examples and writes its predictions with --out.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class PredictCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A file of 'thalweg ensemble', or a network file of any format.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--out",
            paramLabel = "CSV",
            description = "Write example, label, predicted class and each class's probability.")
    private @Nullable Path out;

    @Option(names = "--split", paramLabel = "NAME", description = "test (default) or train.")
    private Split split = Split.TEST;

    @Mixin
    private CommonOptions common = new CommonOptions();

    /** Which examples. */
    enum Split {
        TEST,
        TRAIN
    }

    @Override
    public Integer call() throws IOException {
        Ensemble ensemble = EnsembleFile.isEnsemble(Checkpoint.open(file))
                ? EnsembleFile.read(file)
                : Ensemble.independent(List.of(common.network(spec, file)), Averaging.PROBABILITIES);
        if (out != null) {
            AtomicFile.requireWritable(out);
        }
        Dataset data = common.open();
        Examples examples = split == Split.TEST ? data.test() : data.train();
        try (Engine engine = common.startEngine()) {
            EnsembleRunner runner = new EnsembleRunner(engine, ensemble);
            List<PredictionScore> prefixes = runner.score(examples).prefixes();
            PredictionScore score = prefixes.get(prefixes.size() - 1);
            if (out != null) {
                Predictions predictions = runner.predict(examples);
                AtomicFile.write(out, stream -> {
                    Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
                    write(predictions, examples, writer);
                    writer.flush();
                });
                CommandRecord.of(spec, CommandRecord.OUT, data).recordOf(out);
            }
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%d %s: accuracy %.2f %%, loss %.4f, calibration error %.2f %% on %d %s examples of %s%n",
                            ensemble.size(),
                            ensemble.size() == 1 ? "network" : "members, heads of " + ensemble.head() + " layers",
                            100 * score.accuracy(),
                            score.loss(),
                            100 * score.calibrationError(),
                            examples.count(),
                            split.name().toLowerCase(Locale.ROOT),
                            data.name());
        }
        return ExitCode.DONE;
    }

    private static void write(Predictions predictions, Examples examples, Writer writer) throws IOException {
        StringBuilder line = new StringBuilder("example,label,predicted");
        for (int c = 0; c < predictions.classes(); c++) {
            line.append(",p").append(c);
        }
        writer.append(line.append('\n'));
        for (int i = 0; i < predictions.count(); i++) {
            line.setLength(0);
            line.append(i).append(',').append(examples.label(i)).append(',').append(predictions.predicted(i));
            for (int c = 0; c < predictions.classes(); c++) {
                line.append(',').append(Numbers.text(predictions.probability(i, c)));
            }
            writer.append(line.append('\n'));
        }
    }
}
