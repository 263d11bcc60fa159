package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.ConvexSettings;
import org.thalweg.connect.Lambda;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.ensemble.HeadMethod;
import org.thalweg.network.Averaging;
import org.thalweg.panel.Backbone;
import org.thalweg.panel.Endpoint;
import org.thalweg.panel.EnsembleSettings;
import org.thalweg.panel.EnsembleStudy;
import org.thalweg.panel.EnsembleTable;
import org.thalweg.panel.StoredEnsembles;
import org.thalweg.report.Report;
import org.thalweg.run.RunFolder;
import org.thalweg.run.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes and measures ensembles on one backbone. */
@Command(
        name = "ensemble",
        abbreviateSynopsis = true,
        description = "Puts networks on the lower layers of one of them and measures them together, for every number of"
                + " members; 'thalweg predict' uses the ensembles that it saves.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class EnsembleCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--endpoints",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "Network files, in the order in which they become members.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> endpoints;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "RUN",
            description = "Folder of ensembles, results and figures.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--heads",
            split = ",",
            paramLabel = "N",
            description = "Layers with weights in a head, the adjusted one included (default: 1).")
    private List<Integer> heads = List.of(1);

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            description = "wa (default): adjusted by least squares; wa+ca: output layers then refitted to labels.")
    private List<String> methods = List.of(HeadMethod.WA.text());

    @Option(
            names = "--backbone",
            paramLabel = "WHICH",
            description = "first (default), best (least training loss) or each in turn.")
    private String backbone = Backbone.FIRST.text();

    @Option(
            names = "--average",
            paramLabel = "WHAT",
            description = "Mean of the members' probabilities (default) or logits.")
    private String average = Averaging.PROBABILITIES.text();

    @Option(
            names = "--ridge",
            paramLabel = "X",
            description = "Of the adjustment: a number or held-out (default: 1e-6).")
    private String ridge = Double.toString(ConnectSettings.DEFAULTS.ridge());

    @Option(
            names = "--lambda",
            paramLabel = "X",
            description = "Weight decay of wa+ca: a number, own (default) or held-out.")
    private String lambda = ConvexSettings.DEFAULTS.lambda().text();

    @Option(names = "--path", paramLabel = "PATH", description = "Also measure an ensemble of points of this path.")
    private @Nullable Path path;

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        ConvexSettings defaults = ConvexSettings.DEFAULTS;
        EnsembleSettings settings = new EnsembleSettings(
                heads,
                methods.stream().map(HeadMethod::named).toList(),
                Backbone.named(backbone),
                ridge(),
                Averaging.named(average),
                new ConvexSettings(new Lambda(lambda), defaults.mostKnots(), defaults.certificate(), defaults.loss()));
        Map<String, String> origin = new LinkedHashMap<>();
        List<Endpoint> networks =
                Endpoints.read(endpoints, origin, file -> architecture.network(spec, file, common.quiet));
        Optional<org.thalweg.path.Path> points = Optional.empty();
        if (path != null) {
            points = Optional.of(PathFile.read(path));
            origin.put("path", NetworkFile.hash(path));
        }
        Dataset data = common.open();
        try (Engine engine = common.startEngine()) {
            EnsembleStudy study = new EnsembleStudy(engine, data, settings, new RunFolder(out));
            study.require(networks, points);
            measure(study, networks, origin, points);
        }
        return ExitCode.DONE;
    }

    private void measure(
            EnsembleStudy study,
            List<Endpoint> networks,
            Map<String, String> origin,
            Optional<org.thalweg.path.Path> points)
            throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        try (RunLock lock = RunLock.take(study.folder())) {
            PrintWriter err = spec.commandLine().getErr();
            EnsembleTable table = study.run(networks, origin, points, (method, first) -> {
                if (!common.quiet && Boolean.getBoolean("thalweg.terminal")) {
                    err.println("measured " + method + " on the backbone of " + first);
                }
            });
            Report.ofEnsembles(StoredEnsembles.read(study.folder())).write(out);
            CommandRecord.of(spec, CommandRecord.OUT, study.data()).addTo(out);
            stdout.print(table.terminal(Terminal.ofStandardOutput().columns()));
            if (!common.quiet) {
                stdout.printf(
                        Locale.ROOT, "Ensembles: %s. Report: %s%n", out.resolve("ensembles"), out.resolve(Report.FILE));
            }
        }
    }

    private OptionalDouble ridge() {
        if (ridge.equals("held-out")) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(ridge));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--ridge is '" + ridge + "' but must be a number such as 1e-6, or held-out.", e);
        }
    }
}
