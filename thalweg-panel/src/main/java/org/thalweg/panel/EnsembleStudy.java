package org.thalweg.panel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.checkpoint.EnsembleFile;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.Merge;
import org.thalweg.connect.MergeMethod;
import org.thalweg.connect.MergeOrder;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.ensemble.EnsembleBuilder;
import org.thalweg.ensemble.EnsembleRunner;
import org.thalweg.ensemble.EnsembleScores;
import org.thalweg.ensemble.EnsembleTiming;
import org.thalweg.ensemble.HeadMethod;
import org.thalweg.network.Architecture;
import org.thalweg.network.Cost;
import org.thalweg.network.Ensemble;
import org.thalweg.network.Network;
import org.thalweg.result.PredictionScore;
import org.thalweg.run.DataFacts;
import org.thalweg.run.RunFolder;

/**
 * Ensembles of networks on one backbone, for every length of head and every number of members, beside the baselines: the
 * networks as they are, points of a path, and the mean of aligned weights. An ensemble whose file is there is not made again.
 *
 * @param engine where to compute
 * @param data what heads are adjusted to and ensembles are measured on
 * @param settings what to vary
 * @param folder where ensembles and results are kept
 */
public record EnsembleStudy(Engine engine, Dataset data, EnsembleSettings settings, RunFolder folder) {
    /** Images whose forward passes are timed. */
    private static final int TIMED = 1024;

    /** Hears what a study is doing. */
    public interface Listener {
        /** An ensemble was made, or read, and measured. */
        void onEnsemble(String method, String backbone);
    }

    /**
     * Runs the study and writes {@code ensembles/}, {@code results.csv}, {@code results.json}, {@code timings.json} and
     * {@code summary.md}.
     *
     * @param networks at least two, alike, in the order in which they become members
     * @param origin settings that tell where they come from
     * @param path of whose points an ensemble is a baseline
     * @throws IllegalArgumentException if there are fewer than two networks, or a head does not fit them
     * @throws org.thalweg.network.MismatchException if networks, path and data do not fit together
     * @throws org.thalweg.run.OtherConfigurationException if the folder belongs to another run
     * @throws IOException if a file cannot be read or written
     */
    public EnsembleTable run(
            List<Endpoint> networks,
            Map<String, String> origin,
            Optional<org.thalweg.path.Path> path,
            Listener listener)
            throws IOException {
        require(networks, path);
        Map<String, String> facts = new LinkedHashMap<>(origin);
        facts.put("data", data.name());
        facts.put("trainExamples", "" + data.train().count());
        facts.put("testExamples", "" + data.test().count());
        facts.put("dataHash", data.hash());
        facts.putAll(settings.facts());
        folder.claim(facts);
        new LearningCurves(folder).keep(networks);
        Rows rows = new Rows(listener, facts);
        List<List<Endpoint>> orders = orders(networks);
        for (List<Endpoint> order : orders) {
            for (HeadMethod method : settings.methods()) {
                for (int head : settings.heads()) {
                    String name = method.named(head);
                    rows.add(name, order, ensemble(name, method, head, order, orders.size() > 1));
                }
            }
            rows.add(EnsembleTable.INDEPENDENT, order, Ensemble.independent(plain(order), settings.averaging()));
            if (path.isPresent()) {
                rows.add(EnsembleTable.PATH, order, pointsOf(path.get(), order.size()));
            }
            rows.addAverages(order);
        }
        return rows.table();
    }

    /**
     * Checks that there is a study of these; {@link #run} does so too.
     *
     * @param path of whose points an ensemble is a baseline
     * @throws IllegalArgumentException if there are fewer than two networks, or a head does not fit them
     * @throws org.thalweg.network.MismatchException if networks, path and data do not fit together
     */
    public void require(List<Endpoint> networks, Optional<org.thalweg.path.Path> path) {
        if (networks.size() < 2) {
            throw new IllegalArgumentException(
                    "an ensemble of " + networks.size() + " network; name at least two with --endpoints.");
        }
        List<Network> all = new ArrayList<>(plain(networks));
        path.ifPresent(points -> all.add(points.networkAt(0)));
        EnsembleBuilder.requireAlike(all);
        Architecture architecture = all.get(0).architecture();
        settings.heads().forEach(head -> Ensemble.from(architecture, head));
        EnsembleRunner.requireFits(architecture, data.train());
    }

    private static List<Network> plain(List<Endpoint> networks) {
        return networks.stream().map(Endpoint::network).toList();
    }

    /** Returns the networks' orders, each beginning with a backbone. */
    private List<List<Endpoint>> orders(List<Endpoint> networks) {
        return switch (settings.backbone()) {
            case FIRST -> List.of(networks);
            case BEST -> List.of(beginningWith(networks, best(networks)));
            case EACH -> networks.stream().map(n -> beginningWith(networks, n)).toList();
        };
    }

    private static List<Endpoint> beginningWith(List<Endpoint> networks, Endpoint first) {
        List<Endpoint> order = new ArrayList<>(networks);
        order.remove(first);
        order.add(0, first);
        return order;
    }

    private Endpoint best(List<Endpoint> networks) {
        List<PredictionScore> scores = new EnsembleRunner(
                        engine, Ensemble.independent(plain(networks), settings.averaging()))
                .score(data.train())
                .members();
        int best = 0;
        for (int i = 1; i < scores.size(); i++) {
            best = scores.get(i).loss() < scores.get(best).loss() ? i : best;
        }
        return networks.get(best);
    }

    private Ensemble ensemble(String name, HeadMethod method, int head, List<Endpoint> order, boolean several)
            throws IOException {
        String backbone = order.get(0).name();
        Path file =
                folder.root().resolve("ensembles").resolve((several ? name + "." + backbone : name) + ".safetensors");
        if (Files.exists(file)) {
            return EnsembleFile.read(file);
        }
        ConnectSettings connect = ConnectSettings.DEFAULTS.with(settings.convex());
        EnsembleBuilder builder = new EnsembleBuilder(
                new ConnectContext(engine, Optional.of(data.train()), connect), settings.ridge(), settings.averaging());
        Ensemble made = builder.build(plain(order), head, method)
                .named(order.stream().map(Endpoint::name).toList());
        EnsembleFile.write(file, made);
        return made;
    }

    /**
     * Returns an ensemble of points of a path's own curve, or of the whole path where it has no leg of that name: both ends,
     * then the middles of what lies between the points so far, so that any first m are spread.
     */
    private Ensemble pointsOf(org.thalweg.path.Path path, int members) {
        List<Network> points = new ArrayList<>();
        boolean hasCurve = path.legs().stream().anyMatch(leg -> leg.name().equals("curve"));
        for (int i = 0; i < members; i++) {
            double s = spread(i);
            points.add(hasCurve ? path.networkAt(path.onLeg("curve", s)) : path.networkAt(s));
        }
        return Ensemble.independent(points, settings.averaging());
    }

    /** Returns 0, 1, 1/2, 1/4, 3/4, 1/8, 3/8, … */
    static double spread(int index) {
        if (index < 2) {
            return index;
        }
        int rank = index - 1; // 1, 2, 3, … in levels of 1, 2, 4, …
        int level = Integer.highestOneBit(rank);
        return (2.0 * (rank - level) + 1) / (2.0 * level);
    }

    /** What was measured so far. */
    private final class Rows {
        private final Listener listener;
        private final Map<String, String> facts;
        private final List<EnsembleRow> rows = new ArrayList<>();
        private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

        Rows(Listener listener, Map<String, String> facts) {
            this.listener = listener;
            this.facts = facts;
        }

        EnsembleTable table() {
            return new EnsembleTable(DataFacts.of(data), rows, seconds);
        }

        /** Writes what there is so far, so that an interruption costs only what was at work. */
        private void store(String method, List<Endpoint> order) throws IOException {
            EnsembleTable table = table();
            folder.write("results.csv", table.csv());
            folder.write("results.json", table.json(facts));
            folder.write("timings.json", table.timings());
            folder.write("summary.md", table.markdown(facts));
            listener.onEnsemble(method, order.get(0).name());
        }

        void add(String method, List<Endpoint> order, Ensemble ensemble) throws IOException {
            EnsembleScores scores = new EnsembleRunner(engine, ensemble).score(data.test());
            String backbone = order.get(0).name();
            for (int m = 1; m <= ensemble.size(); m++) {
                PredictionScore together = scores.prefixes().get(m - 1);
                PredictionScore alone = scores.members().get(m - 1);
                rows.add(row(method, ensemble, backbone, m, together, alone, ensemble.cost(m)));
            }
            seconds.computeIfAbsent(
                    method,
                    name -> EnsembleTiming.secondsPerImage(
                            engine,
                            ensemble,
                            data.test().first(Math.min(TIMED, data.test().count()))));
            store(method, order);
        }

        /**
         * Adds the mean of the first m networks' weights, units in the order of the first, as one network each; nothing where
         * group norms tie units to each other.
         */
        void addAverages(List<Endpoint> order) throws IOException {
            Architecture architecture = order.get(0).network().architecture();
            if (architecture.unitGroups().size() < architecture.hiddenUnits().size()) {
                return;
            }
            ConnectContext context = new ConnectContext(engine, Optional.of(data.train()), ConnectSettings.DEFAULTS);
            List<Network> aligned =
                    engine.alone(() -> merge("ot").of(plain(order), context)).parents();
            List<Ensemble> means =
                    new ArrayList<>(List.of(Ensemble.independent(aligned.subList(0, 1), settings.averaging())));
            for (int m = 2; m <= aligned.size(); m++) {
                List<Network> some = aligned.subList(0, m);
                Network mean =
                        engine.alone(() -> merge("linear").of(some, context)).network();
                means.add(Ensemble.independent(List.of(mean), settings.averaging()));
            }
            for (int m = 1; m <= means.size(); m++) {
                Ensemble mean = means.get(m - 1);
                PredictionScore score = new EnsembleRunner(engine, mean)
                        .score(data.test())
                        .prefixes()
                        .get(0);
                rows.add(row(EnsembleTable.AVERAGE, mean, order.get(0).name(), m, score, score, mean.cost(1)));
            }
            store(EnsembleTable.AVERAGE, order);
        }

        private Merge merge(String method) {
            return new Merge(MergeMethod.named(method), MergeOrder.FIRST);
        }

        private EnsembleRow row(
                String method,
                Ensemble ensemble,
                String backbone,
                int members,
                PredictionScore together,
                PredictionScore alone,
                Cost cost) {
            return new EnsembleRow(
                    method,
                    ensemble.head(),
                    backbone,
                    members,
                    together,
                    alone,
                    cost.bytes(ensemble.precision()),
                    cost.multiplyAdds());
        }
    }
}
