package org.thalweg.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.connect.Checkpoints;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.ConvexSettings;
import org.thalweg.connect.GroundCost;
import org.thalweg.connect.Lambda;
import org.thalweg.connect.Merge;
import org.thalweg.connect.MergeMethod;
import org.thalweg.connect.MergeOrder;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.report.MergeCard;
import org.thalweg.run.DataFacts;
import org.thalweg.run.MergeResult;
import org.thalweg.run.Program;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes one network of several. */
@Command(
        name = "merge",
        abbreviateSynopsis = true,
        description = {
            "Makes one network of several: units in one order, mean, repair. Measures it and says whether it is worth "
                    + "using; writes it, with a card FILE.md beside it."
        },
        sortOptions = false,
        footer = {"", ExitCode.FOOTER})
final class MergeCommand implements Callable<Integer> {
    /** Whose order of units the networks are brought into. */
    enum Order {
        FIRST,
        BEST,
        MEAN
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "2..*", paramLabel = "NETWORK", description = "Network files, two or more.")
    private List<Path> files = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "File to write, as its suffix says: .safetensors, .pt, .pth or .npz.")
    @SuppressWarnings("NullAway.Init")
    private Path out;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description =
                    "ot (default: units matched first) or linear, with repairs: +wa fits layers to the mean of the "
                            + "networks, +ca refits the output layer to the labels, such as ot+wa+ca.")
    private String method = "ot";

    @Option(
            names = "--order",
            paramLabel = "NAME",
            description =
                    "Whose order of units: of the first (default), of the best by training loss, or of their mean.")
    private Order order = Order.FIRST;

    @Option(names = "--format", paramLabel = "FORM", description = "table (default) or json.")
    private MergeFormat format = MergeFormat.TABLE;

    @Option(
            names = "--points",
            paramLabel = "K",
            description = "Positions per line between merged network and each other, ends included (default: 21).")
    private int points = EvaluationSettings.DEFAULT_POINTS;

    @Option(
            names = "--ridge",
            paramLabel = "X",
            description = "Pull of +wa to the averaged layer; 0: none (default: 1e-6).")
    private double ridge = ConnectSettings.DEFAULTS.ridge();

    @Option(
            names = "--ground-cost",
            paramLabel = "NAME",
            description = "What is matched: weights (default), balanced or activations.")
    private GroundCost groundCost = GroundCost.WEIGHTS;

    @Option(
            names = "--lambda",
            paramLabel = "X",
            description = "Weight decay of +ca: a number, own (default) or held-out.")
    private String lambda = ConnectSettings.DEFAULTS.convex().lambda().text();

    @Mixin
    private ArchitectureOption architecture = new ArchitectureOption();

    @Mixin
    private CommonOptions common = new CommonOptions();

    /** A network to merge. */
    private record Parent(String name, String sha256, Network network) {}

    @Override
    public Integer call() throws IOException {
        MergeMethod how = MergeMethod.named(method);
        List<Parent> parents = new ArrayList<>();
        Map<String, String> names = new HashMap<>(); // by hash
        for (Map.Entry<String, Path> named : Endpoints.named(files).entrySet()) {
            Path file = named.getValue();
            String hash = NetworkFile.hash(file);
            String same = names.putIfAbsent(hash, named.getKey());
            if (same != null && !common.quiet) {
                spec.commandLine()
                        .getErr()
                        .println(file + ": holds the same bytes as " + same + ", so that network counts twice.");
            }
            parents.add(new Parent(named.getKey(), hash, architecture.network(spec, file, common.quiet)));
        }
        Path card = out.resolveSibling(MeasuredPath.nameOf(out) + ".md");
        NetworkFile.requireExportable(out);
        MergeCard.requireWritable(card);
        Dataset data = common.open();
        try (Engine engine = common.startEngine()) {
            Evaluator evaluator = new Evaluator(engine, data, points);
            parents.forEach(parent -> evaluator.requireFits(parent.network().architecture()));
            List<Parent> ordered = ordered(parents, evaluator);
            Merge merge = new Merge(how, order == Order.MEAN ? MergeOrder.MEAN : MergeOrder.FIRST);
            List<Network> networks = ordered.stream().map(Parent::network).toList();
            Merge.Merged merged = engine.alone(() -> merge.of(networks, context(engine, data)));
            MergeResult result =
                    result(how, ordered, merged.network().architecture(), MeasuredMerge.of(merged, evaluator), data);
            NetworkFile.export(
                    out,
                    new Network(
                            merged.network().architecture(), merged.network().weights(), provenance(parents, result)));
            new MergeCard(result).write(card);
            CommandRecord.of(spec, CommandRecord.OUT, data).recordOf(out);
            spec.commandLine().getOut().print(format.print(result));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }

    /** Returns the networks, the one whose order of units is taken first. */
    private List<Parent> ordered(List<Parent> parents, Evaluator evaluator) {
        List<Parent> ordered = new ArrayList<>(parents);
        if (order == Order.BEST) {
            Map<Parent, Double> losses = new HashMap<>();
            parents.forEach(parent ->
                    losses.put(parent, evaluator.measure(parent.network()).trainLoss()));
            Parent best = Collections.min(parents, Comparator.comparing(parent -> losses.getOrDefault(parent, 0.0)));
            ordered.remove(best);
            ordered.add(0, best);
        }
        return ordered;
    }

    private ConnectContext context(Engine engine, Dataset data) {
        ConnectSettings defaults = ConnectSettings.DEFAULTS;
        ConvexSettings convex = new ConvexSettings(
                new Lambda(lambda),
                defaults.convex().mostKnots(),
                defaults.convex().certificate(),
                defaults.convex().loss());
        ConnectSettings settings = new ConnectSettings(defaults.knots(), ridge, groundCost, defaults.curve(), convex);
        return new ConnectContext(engine, Optional.of(data.train()), settings, common.root(), Checkpoints.NONE);
    }

    private MergeResult result(
            MergeMethod how, List<Parent> ordered, Architecture merged, MeasuredMerge measured, Dataset data) {
        List<MergeResult.Parent> parents = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Parent parent = ordered.get(i);
            parents.add(new MergeResult.Parent(
                    parent.name(), parent.sha256(), parent.network().architecture(), measured.parent(i)));
        }
        return new MergeResult(
                how.text(),
                order == Order.MEAN ? "mean" : ordered.get(0).name(),
                Program.TITLE,
                DataFacts.of(data),
                parents,
                merged,
                measured.merged(),
                measured.between(),
                measured.barrier());
    }

    /** Returns what all networks have in common, the names of the first one's tensors, and how the merge was made. */
    private static Provenance provenance(List<Parent> parents, MergeResult result) {
        Map<String, String> facts = new HashMap<>();
        Provenance first = parents.get(0).network().provenance();
        for (Map.Entry<String, String> fact : first.facts().entrySet()) {
            boolean common = parents.stream()
                    .allMatch(parent ->
                            parent.network().provenance().fact(fact.getKey()).equals(Optional.of(fact.getValue())));
            if (common || fact.getKey().equals("names")) {
                facts.put(fact.getKey(), fact.getValue());
            }
        }
        facts.put("program", Program.TITLE);
        facts.put("merged.method", result.method());
        facts.put("merged.order", result.order());
        for (int i = 0; i < result.parents().size(); i++) {
            MergeResult.Parent parent = result.parents().get(i);
            facts.put("merged." + (i + 1), parent.name() + " " + parent.sha256());
        }
        return new Provenance(facts);
    }
}
