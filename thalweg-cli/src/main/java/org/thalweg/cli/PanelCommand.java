package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.connect.Methods;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.network.Network;
import org.thalweg.panel.CellWork;
import org.thalweg.panel.Endpoint;
import org.thalweg.panel.Forecast;
import org.thalweg.panel.NetworkTraining;
import org.thalweg.panel.Pairs;
import org.thalweg.panel.Panel;
import org.thalweg.panel.PanelInputs;
import org.thalweg.panel.PanelSettings;
import org.thalweg.panel.Shard;
import org.thalweg.run.OtherConfigurationException;
import org.thalweg.run.RunFolder;
import org.thalweg.run.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Connects every pair by every method. */
@Command(
        name = "panel",
        abbreviateSynopsis = true,
        description = "Trains networks where they are missing, connects pairs by several methods, makes the table.",
        sortOptions = false,
        footer = ExitCode.FOOTER) // without a blank line above: the screen is full
final class PanelCommand implements Callable<Integer> {
    private static final int MOST_NETWORKS = 10_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "RUN",
            description = "Folder of the run; resumed if it is there.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--methods",
            split = ",",
            paramLabel = "NAME",
            description = "See 'thalweg methods' (default: all that train nothing).")
    private List<String> methods = Methods.names();

    @Option(names = "--networks", paramLabel = "N", description = "Train seeds 1 to N where missing (default: 4).")
    private int networks = 4;

    @Option(names = "--endpoints", split = ",", paramLabel = "FILE", description = "Use these network files instead.")
    private @Nullable List<Path> endpoints;

    @Option(names = "--pairs", paramLabel = "LIST", description = "all (default), or positions such as 1-2,3-4.")
    private String pairs = "all";

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            converter = ShardConverter.class,
            description = "Run part I of N of the cells; 'report' joins the parts.")
    private Shard shard = Shard.WHOLE;

    private static final class ShardConverter implements ITypeConverter<Shard> {
        @Override
        public Shard convert(String text) {
            return Shard.parse(text);
        }
    }

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ConnectOptions options = new ConnectOptions();

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        requireFolder();
        Endpoints.requireOneWay(spec, endpoints != null);
        PanelSettings settings = settings(options.evaluation.settings());
        int count = endpoints == null ? networks : endpoints.size();
        if (count < 2 || count > MOST_NETWORKS) {
            throw new IllegalArgumentException(
                    "a panel of " + Counted.text(count, "network") + "; it needs between 2 and " + MOST_NETWORKS + ".");
        }
        settings.requireFit(count);
        Dataset data = common.open();
        settings.connect().requireFit(data.loss());
        settings = settings(options.evaluation.settings(common));
        cluster.requireModule();
        try (Engine engine = common.startEngine()) {
            Panel panel = new Panel(engine, data, settings, new RunFolder(out));
            Map<String, String> origin = new LinkedHashMap<>();
            if (endpoints == null) {
                NetworkTraining training = training(panel.folder(), data);
                return run(panel, origin, (machines, progress) -> trained(training, machines, panel, progress, origin));
            }
            List<Endpoint> given =
                    Endpoints.read(endpoints, origin, file -> architecture.network(spec, file, common.quiet));
            panel.require(given);
            return run(panel, origin, (machines, progress) -> {
                begin(panel, origin);
                return given;
            });
        }
    }

    /** Where a panel's networks come from, once the folder is this run's. */
    private interface Networks {
        List<Endpoint> on(Machines machines, Progress progress) throws IOException;
    }

    private int run(Panel panel, Map<String, String> origin, Networks networks) throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        try (RunLock lock = RunLock.take(panel.folder());
                Progress progress = new Progress(spec.commandLine().getErr(), common.quiet);
                Machines machines = new Machines(cluster.connect(Main.arguments(spec)), panel.engine())) {
            List<Endpoint> ends = networks.on(machines, progress);
            if (!common.quiet) {
                announce(panel, ends);
            }
            return PanelRun.finish(panel, machines.run(panel, ends, origin, progress), stdout);
        }
    }

    /** Refuses to run in a copy of another file system's folder. */
    private void requireFolder() {
        boolean isAddress = spec.commandLine().getParseResult().matchedOption("--out").stringValues().stream()
                .anyMatch(FileArgument::isAddress);
        if (isAddress) {
            throw new IllegalArgumentException(
                    "--out is on another file system; results are written to a folder that all machines mount in one place.");
        }
    }

    private PanelSettings settings(EvaluationSettings evaluation) throws IOException {
        return new PanelSettings(
                methods,
                evaluation,
                options.settings(common.data),
                new Pairs(pairs),
                common.root(),
                shard,
                cluster.parts());
    }

    /** Says how much is to be written, and what connecting takes; measuring is told path by path by {@code connect} only. */
    private void announce(Panel panel, List<Endpoint> ends) {
        Forecast forecast = panel.forecast(ends);
        PrintWriter stdout = spec.commandLine().getOut();
        long megabytes = forecast.bytes() / 1_000_000;
        stdout.printf(
                Locale.ROOT,
                "Writing %s (%s) to %s.%n",
                Counted.text(forecast.paths(), "path"),
                megabytes == 0 ? "less than 1 MB" : String.format(Locale.ROOT, "about %,d MB in all", megabytes),
                out.resolve("paths"));
        stdout.flush();
        Network like = ends.get(0).network(); // on one of them speed is measured
        new Plan(panel.engine(), like, panel.data().train(), spec.commandLine().getErr())
                .print("connecting", forecast.connecting());
    }

    private List<Endpoint> trained(
            NetworkTraining training, Machines machines, Panel panel, Progress progress, Map<String, String> origin)
            throws IOException {
        List<Long> seeds = LongStream.rangeClosed(1, networks).boxed().toList();
        origin.put("network", recipe.network);
        origin.put("recipe", training.recipe().text());
        begin(panel, origin);
        progress.onPlan(training.missing(seeds).size() * training.recipe().epochs(), 0);
        List<Network> trained = machines.train(training, seeds, progress);
        List<Endpoint> ends = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            ends.add(new Endpoint("seed-" + seeds.get(i), trained.get(i)));
        }
        return ends;
    }

    /** Makes the folder this run's: another run's folder is told now, not after hours of training. */
    private void begin(Panel panel, Map<String, String> origin) throws IOException {
        panel.claim(origin);
        CommandRecord.of(spec, CommandRecord.OUT, panel.data()).addTo(out);
    }

    private NetworkTraining training(RunFolder folder, Dataset data) throws IOException {
        return new NetworkTraining(
                folder.networks(), recipe.architecture(data), recipe.recipe(data), data, common.root());
    }

    /**
     * Opens what this command line computes from, on another machine.
     *
     * @param base the folder that relative names of settings files begin from; paths were read so already
     */
    PanelInputs inputs(Path base) throws IOException {
        common.limitMemory();
        common.data = fromBase(base, common.data);
        recipe.network = fromBase(base, recipe.network);
        Dataset data = common.read();
        RunFolder folder = new RunFolder(out);
        CellWork work = new CellWork(data, settings(options.evaluation.settings(common)), folder);
        if (endpoints == null) {
            NetworkTraining training = training(folder, data);
            return new PanelInputs(work, training::trained, Optional.of(training));
        }
        Map<String, Path> files = Endpoints.named(endpoints);
        return new PanelInputs(
                work, name -> same(name, Objects.requireNonNull(files.get(name), name), folder), Optional.empty());
    }

    private static String fromBase(Path base, String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml")
                ? base.resolve(name).toString()
                : name;
    }

    /** Returns a network, whose file must be the one that the run was begun with: another machine may have its own. */
    private Network same(String name, Path file, RunFolder folder) throws IOException {
        String begun = folder.settings().getOrDefault(Endpoints.hashFact(name), "nothing");
        String hash = NetworkFile.hash(file);
        if (!hash.equals(begun)) {
            throw new OtherConfigurationException(file + " has SHA-256 " + hash + " here but had " + begun
                    + " where the panel was begun; all machines must see the same file.");
        }
        return architecture.network(file);
    }
}
