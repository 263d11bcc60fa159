package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.learn.LearnedRule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a saved path. */
@Command(
        name = "evaluate",
        abbreviateSynopsis = true,
        description = "Measures loss and accuracy along a saved path; nothing is solved again.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", description = "A path file, as connect --out and panel write them.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private EvaluationOptions evaluation = new EvaluationOptions();

    @Option(names = "--npz", paramLabel = "FILE", description = "Also write curve.npz, as Garipov's program does.")
    private @Nullable Path npz;

    @Option(names = "--format", paramLabel = "FORM", description = "table (default), csv or json.")
    private ResultFormat format = ResultFormat.TABLE;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        org.thalweg.path.Path path = PathFile.read(file, LearnedRule::read);
        Dataset data = common.open();
        try (Engine engine = common.startEngine()) {
            MeasuredPath measured = MeasuredPath.of(
                    path,
                    path.provenance().fact("a").orElse("A"),
                    path.provenance().fact("b").orElse("B"),
                    0,
                    new Evaluator(engine, data, evaluation.settings(common)));
            if (npz != null) {
                measured.write(npz, path);
                CommandRecord.of(spec, CommandRecord.NPZ, data).recordOf(npz);
            }
            spec.commandLine().getOut().print(format.print(measured.result(), measured.seconds()));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
