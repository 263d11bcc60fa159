package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.Methods;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.network.Architecture;
import org.thalweg.network.Catalogue;
import org.thalweg.network.Network;
import org.thalweg.panel.Endpoint;
import org.thalweg.panel.NetworkTraining;
import org.thalweg.panel.Pairs;
import org.thalweg.panel.Panel;
import org.thalweg.panel.PanelSettings;
import org.thalweg.run.RunFolder;
import org.thalweg.run.RunLock;
import org.thalweg.train.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows everything at once, without a download. */
@Command(
        name = "demo",
        abbreviateSynopsis = true,
        description = "Trains three small networks on glyphs, connects them by every method, shows the table.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class DemoCommand implements Callable<Integer> {
    private static final String NETWORK = "mlp-512";
    private static final Recipe RECIPE = new Recipe(12, 0.05, 0.9, 1e-4, 128);
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "RUN", description = "Folder of the run (default: thalweg-demo).")
    private Path out = Path.of("thalweg-demo");

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        Dataset data = common.open();
        Architecture architecture = Catalogue.named(NETWORK, data.shape().extents(), data.outputs());
        PanelSettings settings = new PanelSettings(
                Methods.names(), EvaluationSettings.DEFAULT_POINTS, ConnectSettings.DEFAULTS, Pairs.ALL, common.root());
        RunFolder folder = new RunFolder(out);
        PrintWriter stdout = spec.commandLine().getOut();
        if (!common.quiet) {
            stdout.printf(
                    "Training %d networks %s on %s, then connecting them by %s.%n",
                    SEEDS.size(), NETWORK, data.name(), String.join(", ", settings.methods()));
            stdout.flush();
        }
        try (Engine engine = common.startEngine();
                RunLock lock = RunLock.take(folder);
                Progress progress = new Progress(spec.commandLine().getErr(), common.quiet)) {
            NetworkTraining training =
                    new NetworkTraining(folder.networks(), architecture, RECIPE, data, common.root());
            Map<String, String> origin = new LinkedHashMap<>();
            origin.put("network", NETWORK);
            origin.put("recipe", RECIPE.text());
            Panel panel = new Panel(engine, data, settings, folder);
            panel.claim(origin);
            CommandRecord.of(spec, CommandRecord.OUT, data).addTo(out);
            progress.onPlan(training.missing(SEEDS).size() * RECIPE.epochs(), 0);
            List<Network> networks = training.train(engine, SEEDS, progress);
            List<Endpoint> ends = SEEDS.stream()
                    .map(seed -> new Endpoint("seed-" + seed, networks.get((int) (seed - 1))))
                    .toList();
            return PanelRun.finish(panel, panel.run(ends, origin, progress), stdout);
        }
    }
}
