package org.thalweg.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.CheckpointFormat;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.learn.LearnSettings;
import org.thalweg.learn.LearnedMap;
import org.thalweg.learn.LearnedMapFile;
import org.thalweg.learn.LearningState;
import org.thalweg.learn.MapTrainer;
import org.thalweg.learn.Round;
import org.thalweg.learn.UsedNetwork.Role;
import org.thalweg.network.Network;
import org.thalweg.panel.NetworkTraining;
import org.thalweg.report.Report;
import org.thalweg.run.LearningFile;
import org.thalweg.run.LearningTable;
import org.thalweg.run.Program;
import org.thalweg.run.RunFolder;
import org.thalweg.run.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Learns a map of neurons. */
@Command(
        name = "learn",
        abbreviateSynopsis = true,
        description = "Trains a map on many two-layer networks that then joins any two; goes on where it stopped.",
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class LearnCommand implements Callable<Integer> {
    private static final int MOST_NETWORKS = 10_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "MODEL",
            description = "File of the model; learning curves and report go beside it.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(names = "--endpoints", split = ",", paramLabel = "FILE", description = "Learn from these network files.")
    private @Nullable List<Path> endpoints;

    @Option(
            names = "--networks",
            paramLabel = "N",
            description = "Or train seeds 1 to N into MODEL.networks (default: 14).")
    private int networks = 14;

    @Option(
            names = "--validation",
            paramLabel = "N",
            description = "Not trained on: the last N choose the best state (default: 2).")
    private int validation = 2;

    @Mixin
    private LearnOptions options = new LearnOptions();

    @Mixin
    private RecipeOptions recipe = new RecipeOptions();

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() throws IOException {
        LearnSettings settings = options.settings();
        Endpoints.requireOneWay(spec, endpoints != null);
        int count = endpoints == null ? networks : endpoints.size();
        if (validation < 2 || count - validation < 2 || count > MOST_NETWORKS) {
            throw new IllegalArgumentException(
                    "a map learns from at least 2 networks and is chosen on at least 2 others; " + count
                            + " networks with --validation " + validation + " do not do.");
        }
        CheckpointFormat.requireSafetensors(out, "a model");
        AtomicFile.requireWritable(out);
        Dataset data = common.open();
        try (Engine engine = common.startEngine();
                Progress progress = new Progress(spec.commandLine().getErr(), common.quiet)) {
            if (endpoints == null) {
                NetworkTraining training = training(data);
                try (RunLock lock = lock()) {
                    learn(engine, trainer(settings, trained(engine, training, progress), data), data, progress);
                }
            } else {
                MapTrainer trainer = trainer(settings, read(endpoints), data);
                try (RunLock lock = lock()) {
                    learn(engine, trainer, data, progress);
                }
            }
        }
        return ExitCode.DONE;
    }

    private RunLock lock() throws IOException {
        return RunLock.take(new RunFolder(beside(".training")));
    }

    private MapTrainer trainer(LearnSettings settings, Map<String, Network> all, Dataset data) {
        int first = all.size() - validation;
        return new MapTrainer(settings, part(all, 0, first), part(all, first, all.size()), data.train(), common.root());
    }

    private Path beside(String suffix) {
        return out.resolveSibling(MeasuredPath.nameOf(out) + suffix);
    }

    private void learn(Engine engine, MapTrainer trainer, Dataset data, Progress progress) throws IOException {
        LearnedMap start = trainer.start(engine);
        LearningFile file =
                new LearningFile(beside(".training").resolve("state.safetensors"), start, data.hash(), trainer.seed());
        List<LearningState> states = new ArrayList<>(List.of(file.resume(trainer.begin(start))));
        LearnedMap map = trainer.train(engine, start, states.get(0), state -> {
            states.set(0, state);
            try {
                file.store(state);
                LearningTable.write(beside(".csv"), LearningTable.csv(state.rounds()));
                LearnedMapFile.write(out, trainer.best(start, state).with(facts(data))); // of use before the last round
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            progress.onRound(start.method(), state, trainer.settings());
        });
        progress.close();
        List<Round> rounds = states.get(0).rounds();
        LearningTable.write(beside(".csv"), LearningTable.csv(rounds));
        int best = states.get(0).bestRound() - 1;
        Report.ofLearning(map.method(), rounds, best, shown(start)).write(beside(".report"));
        LearnedMapFile.write(out, map.with(facts(data)));
        CommandRecord.of(spec, CommandRecord.OUT, data).recordOf(out);
        file.delete();
        print(map, rounds.get(best));
    }

    /** Returns what the map is, its networks by name alone. */
    private static Map<String, String> shown(LearnedMap map) {
        Map<String, String> shown = new LinkedHashMap<>(map.facts());
        shown.put(
                "networks",
                map.networks().stream()
                        .map(used -> used.name() + (used.role() == Role.VALIDATION ? " (validation)" : ""))
                        .collect(Collectors.joining(", ")));
        return shown;
    }

    private Map<String, String> facts(Dataset data) {
        return Map.of(
                "data",
                data.name(),
                "data.hash",
                data.hash(),
                "data.trainExamples",
                "" + data.train().count(),
                "rootSeed",
                "" + common.seed,
                "program",
                Program.TITLE);
    }

    private void print(LearnedMap map, Round best) {
        PrintWriter stdout = spec.commandLine().getOut();
        stdout.printf(
                Locale.ROOT,
                "%s of %d coordinates, best after %d steps: worst loss %.4f and accuracy %.2f %% between validation networks,"
                        + " log-likelihood %.2f of their neurons.%n",
                map.method(),
                map.shape().dimension(),
                best.steps(),
                best.worstLoss(),
                100 * best.worstAccuracy(),
                best.logLikelihood());
        stdout.println(out);
    }

    private static Map<String, Network> part(Map<String, Network> all, int from, int to) {
        Map<String, Network> part = new LinkedHashMap<>();
        List<Map.Entry<String, Network>> entries = List.copyOf(all.entrySet());
        entries.subList(from, to).forEach(entry -> part.put(entry.getKey(), entry.getValue()));
        return part;
    }

    private NetworkTraining training(Dataset data) throws IOException {
        NetworkTraining training = new NetworkTraining(
                beside(".networks"), recipe.architecture(data), recipe.recipe(data), data, common.root());
        MapTrainer.requireFits(training.architecture(), data.train());
        return training;
    }

    private Map<String, Network> trained(Engine engine, NetworkTraining training, Progress progress)
            throws IOException {
        List<Long> seeds = LongStream.rangeClosed(1, networks).boxed().toList();
        progress.onPlan(training.missing(seeds).size() * training.recipe().epochs(), 0);
        List<Network> trained = training.train(engine, seeds, progress);
        progress.close();
        Map<String, Network> all = new LinkedHashMap<>();
        for (int i = 0; i < seeds.size(); i++) {
            all.put("seed-" + seeds.get(i), trained.get(i));
        }
        return all;
    }

    private Map<String, Network> read(List<Path> files) throws IOException {
        Map<String, Network> all = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : Endpoints.named(files).entrySet()) {
            all.put(file.getKey(), architecture.network(spec, file.getValue(), common.quiet));
        }
        return all;
    }
}
