package org.thalweg.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.EnsembleFile;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.ensemble.EnsembleRunner;
import org.thalweg.evaluate.TargetPredictions;
import org.thalweg.network.Averaging;
import org.thalweg.network.Ensemble;
import org.thalweg.result.PredictionScore;
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
            description =
                    "Write example, label, predicted class and each class's probability; of a regression each target and its "
                            + "prediction, in the data's own units.")
    private @Nullable Path out;

    @Option(names = "--split", paramLabel = "NAME", description = "test (default) or train.")
    private Split split = Split.TEST;

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    /** Which examples. */
    enum Split {
        TEST,
        TRAIN
    }

    /** What was found: how good it is, in one line, and what there is to write. */
    private record Outcome(String sentence, PredictionTable table) {}

    @Override
    public Integer call() throws IOException {
        boolean isEnsemble = EnsembleFile.isEnsemble(Checkpoint.open(file));
        Ensemble ensemble = isEnsemble
                ? EnsembleFile.read(file)
                : Ensemble.independent(
                        List.of(architecture.network(spec, file, common.quiet)), Averaging.PROBABILITIES);
        if (out != null) {
            AtomicFile.requireWritable(out);
        }
        Dataset data = common.open();
        Examples examples = split == Split.TEST ? data.test() : data.train();
        String what = examples.count() + " " + split.name().toLowerCase(Locale.ROOT) + " examples of " + data.name();
        try (Engine engine = common.startEngine()) {
            Outcome outcome = isEnsemble || examples.loss().hasAccuracy()
                    ? classes(engine, ensemble, examples, what)
                    : targets(TargetPredictions.of(engine, ensemble.member(0), examples), what);
            if (out != null) {
                AtomicFile.write(out, stream -> {
                    Writer writer = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
                    outcome.table().write(writer);
                    writer.flush();
                });
                CommandRecord.of(spec, CommandRecord.OUT, data).recordOf(out);
            }
            spec.commandLine().getOut().println(outcome.sentence());
        }
        return ExitCode.DONE;
    }

    private Outcome classes(Engine engine, Ensemble ensemble, Examples examples, String what) {
        EnsembleRunner runner = new EnsembleRunner(engine, ensemble);
        List<PredictionScore> prefixes = runner.score(examples).prefixes();
        PredictionScore score = prefixes.get(prefixes.size() - 1);
        String sentence = String.format(
                Locale.ROOT,
                "%d %s: accuracy %.2f %%, loss %.4f, calibration error %.2f %% on %s",
                ensemble.size(),
                ensemble.size() == 1 ? "network" : "members, heads of " + ensemble.head() + " layers",
                100 * score.accuracy(),
                score.loss(),
                100 * score.calibrationError(),
                what);
        return new Outcome(
                sentence,
                writer -> PredictionTable.of(runner.predict(examples), examples).write(writer));
    }

    private static Outcome targets(TargetPredictions predictions, String what) {
        StringJoiner errors = new StringJoiner(", ");
        for (int t = 0; t < predictions.targets().size(); t++) {
            BigDecimal error = BigDecimal.valueOf(predictions.typicalError(t)).round(new MathContext(4));
            errors.add(error.toPlainString() + " in "
                    + predictions.targets().get(t).name());
        }
        String sentence = String.format(
                Locale.ROOT,
                "1 network: mean squared error %.4f on %s; off by %s (root mean square, in the data's own units)",
                predictions.meanSquaredError(),
                what,
                errors);
        return new Outcome(sentence, PredictionTable.of(predictions));
    }
}
