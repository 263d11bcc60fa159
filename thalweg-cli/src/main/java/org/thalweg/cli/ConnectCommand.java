package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.CheckpointFormat;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.Connector;
import org.thalweg.connect.Methods;
import org.thalweg.connect.Sizes;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.network.Network;
import org.thalweg.panel.LearningCurves;
import org.thalweg.report.Report;
import org.thalweg.run.CurveFolder;
import org.thalweg.run.StoredCheckpoints;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Connects two networks. */
@Command(
        name = "connect",
        abbreviateSynopsis = true,
        description = "Joins two networks by a path and measures it; saves it only with --out.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class ConnectCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "A", description = "Network file where the path starts.")
    @SuppressWarnings("NullAway.Init")
    private Path a;

    @Parameters(index = "1", paramLabel = "B", description = "Network file where it ends.")
    @SuppressWarnings("NullAway.Init")
    private Path b;

    @Option(names = "--method", paramLabel = "NAME", description = "See 'thalweg methods' (default: ot+wa).")
    private String method = "ot+wa";

    @Option(names = "--out", paramLabel = "PATH", description = "Write the path to this file.")
    private @Nullable Path out;

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.html and figures to this folder.")
    private @Nullable Path report;

    @Option(names = "--npz", paramLabel = "FILE", description = "Also write curve.npz, as Garipov's program does.")
    private @Nullable Path npz;

    @Option(names = "--format", paramLabel = "FORM", description = "table (default), csv or json.")
    private ResultFormat format = ResultFormat.TABLE;

    @Mixin
    private ConnectOptions options = new ConnectOptions();

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        Connector connector = Methods.named(method);
        ConnectSettings settings = options.settings(common.data);
        Network start = architecture.network(spec, a, common.quiet);
        Network end = architecture.network(spec, b, common.quiet);
        if (out != null) {
            CheckpointFormat.requireSafetensors(out, "a path");
            AtomicFile.requireWritable(out);
        }
        Dataset data = common.open();
        settings.requireFit(data.loss());
        Optional<CurveFolder> curves = curves(data, settings);
        try (Engine engine = common.startEngine();
                Progress progress = new Progress(spec.commandLine().getErr(), common.quiet)) {
            Evaluator evaluator = new Evaluator(engine, data, options.evaluation.settings(common));
            evaluator.requireFits(start.architecture());
            long from = System.nanoTime();
            ConnectContext context = new ConnectContext(
                    engine,
                    Optional.of(data.train()),
                    settings,
                    common.root(),
                    new StoredCheckpoints(curves, (name, epoch) -> progress.onCurveEpoch("", name, epoch)));
            Plan plan = new Plan(engine, start, data.train(), spec.commandLine().getErr());
            connector
                    .cost(Sizes.of(start, end, context))
                    .filter(cost -> !common.quiet)
                    .ifPresent(cost -> plan.print("connecting by " + method, cost));
            org.thalweg.path.Path path = engine.alone(() -> connector.connect(start, end, context));
            progress.close();
            double seconds = (System.nanoTime() - from) / 1e9;
            String nameA = MeasuredPath.nameOf(a);
            String nameB = MeasuredPath.nameOf(b);
            if (out != null) {
                PathFile.write(
                        out,
                        new org.thalweg.path.Path(
                                path.architecture(),
                                path.method(),
                                path.legs(),
                                path.provenance().with("a", nameA).with("b", nameB)),
                        start);
                CommandRecord.of(spec, CommandRecord.OUT, data).recordOf(out);
            }
            if (curves.isPresent()) {
                curves.get().delete();
            }
            if (!common.quiet) {
                plan.print("measuring", evaluator.cost(path));
            }
            MeasuredPath measured = MeasuredPath.of(path, nameA, nameB, seconds, evaluator);
            if (npz != null) {
                measured.write(npz, path);
                CommandRecord.of(spec, CommandRecord.NPZ, data).recordOf(npz);
            }
            spec.commandLine().getOut().print(format.print(measured.result(), measured.seconds()));
            spec.commandLine().getOut().flush();
            if (report != null) {
                Map<String, String> facts = new TreeMap<>(Map.of("method", method));
                measured.result()
                        .profile()
                        .statistics()
                        .ifPresent(policy -> facts.put("batchNormStatistics", policy.toString()));
                Report.ofPath(
                                measured.result(),
                                measured.seconds(),
                                facts,
                                LearningCurves.of(Endpoints.of(List.of(a, b), List.of(start, end))))
                        .write(report);
                CommandRecord.of(spec, CommandRecord.REPORT, data).recordOf(report);
            }
        }
        return ExitCode.DONE;
    }

    /** Returns where unfinished trainings are kept: beside the output, if there is one. */
    private Optional<CurveFolder> curves(Dataset data, ConnectSettings settings) throws IOException {
        if (out == null) {
            return Optional.empty();
        }
        Map<String, String> facts = new HashMap<>(settings.facts(data.loss()));
        facts.put("a", NetworkFile.hash(a));
        facts.put("b", NetworkFile.hash(b));
        facts.put("data.hash", data.hash());
        facts.put("rootSeed", "" + common.seed);
        return Optional.of(new CurveFolder(out.resolveSibling(MeasuredPath.nameOf(out) + ".training"), facts));
    }
}
