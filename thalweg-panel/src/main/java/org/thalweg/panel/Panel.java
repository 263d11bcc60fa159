package org.thalweg.panel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.Methods;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.panel.Pairs.Pair;
import org.thalweg.run.CurveFolder;
import org.thalweg.run.DataFacts;
import org.thalweg.run.PathResult;
import org.thalweg.run.Program;
import org.thalweg.run.RunFolder;
import org.thalweg.run.Seconds;
import org.thalweg.run.StoredCheckpoints;

/**
 * Connects pairs of networks by several methods and measures every path.
 *
 * <p>A cell, one pair by one method, is a pure function of its networks, the data and the settings; cells run side by side,
 * each on one thread. A finished cell is never computed again, and its file has the same bytes whenever and with however many
 * threads it was computed. Times are kept apart from results, in {@code timings.json}.
 *
 * @param engine where to compute
 * @param data what paths are adjusted to and measured on
 * @param settings what to do
 * @param folder where results are kept
 */
public record Panel(Engine engine, Dataset data, PanelSettings settings, RunFolder folder) {
    /** One pair by one method. */
    private record Cell(Endpoint a, Endpoint b, String method) {
        String pair() {
            return a.name() + "_" + b.name();
        }

        String key() {
            return pair() + "/" + method;
        }
    }

    /**
     * Makes the folder that of this panel, or checks that it is; {@link #run} does so too, perhaps after hours of training.
     *
     * @param origin settings that tell where the networks come from
     * @return all settings that identify the run, by name
     * @throws org.thalweg.run.OtherConfigurationException if the folder belongs to another run
     * @throws IOException if a file cannot be read or written
     */
    public Map<String, String> claim(Map<String, String> origin) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>(origin);
        facts.put("data", data.name());
        facts.put("trainExamples", "" + data.train().count());
        facts.put("testExamples", "" + data.test().count());
        facts.put("dataHash", data.hash());
        facts.putAll(settings.facts());
        folder.claim(facts);
        return facts;
    }

    /**
     * Runs what is not finished and returns everything.
     *
     * @param endpoints at least two networks of one architecture
     * @param origin settings that tell where the networks come from
     * @throws MismatchException if the networks differ in architecture or precision, or do not fit the data
     * @throws IllegalArgumentException if the settings do not fit the endpoints, or the folder belongs to another run
     * @throws IOException if a file cannot be read or written
     */
    public PanelResult run(List<Endpoint> endpoints, Map<String, String> origin, PanelListener listener)
            throws IOException {
        requireAlike(endpoints);
        List<Cell> cells = cells(endpoints);
        Map<String, String> facts = claim(origin);
        List<Cell> open = new ArrayList<>();
        for (Cell cell : cells) {
            if (folder.finished(cell.pair(), cell.method()).isEmpty()) {
                open.add(cell);
            } else { // a run that was killed just after the cell was finished left its training behind
                new CurveFolder(folder.training(cell.pair(), cell.method()), Map.of()).delete();
            }
        }
        listener.onPlan(0, open.size());
        Map<String, Seconds> timings = Timings.read(folder);
        List<CellFailure> failures = runAll(open, timings, listener);
        folder.deleteTraining();
        Architecture architecture = endpoints.get(0).network().architecture();
        return collected(facts, cells, failures, timings, Optional.of(architecture), learning(endpoints));
    }

    private void requireAlike(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            Endpoint first = endpoints.get(0);
            requireEqual(
                    first,
                    endpoint,
                    "architecture",
                    e -> e.network().architecture().text());
            requireEqual(
                    first,
                    endpoint,
                    "precision",
                    e -> e.network().weights().precision().name());
            new Evaluator(engine, data, settings.evaluation())
                    .requireFits(endpoint.network().architecture());
        }
    }

    private static void requireEqual(Endpoint a, Endpoint b, String what, Function<Endpoint, String> value) {
        if (!value.apply(a).equals(value.apply(b))) {
            throw new MismatchException("networks '" + a.name() + "' and '" + b.name() + "' differ in " + what + ": "
                    + value.apply(a) + " and " + value.apply(b) + "; a panel joins networks that are alike.");
        }
    }

    private List<Cell> cells(List<Endpoint> endpoints) {
        List<Pair> pairs = settings.pairs().of(endpoints.size());
        requireOwnNames(pairs, endpoints);
        List<Cell> cells = new ArrayList<>();
        for (String method : settings.methods()) {
            for (Pair pair : pairs) {
                cells.add(new Cell(endpoints.get(pair.a()), endpoints.get(pair.b()), method));
            }
        }
        return cells;
    }

    /** Two cells of one name would be written to one file: a pair named twice, or a, b_c beside a_b, c. */
    private static void requireOwnNames(List<Pair> pairs, List<Endpoint> endpoints) {
        Set<String> names = new HashSet<>();
        for (Pair pair : pairs) {
            String name = endpoints.get(pair.a()).name() + "_"
                    + endpoints.get(pair.b()).name();
            if (!names.add(name)) {
                throw new IllegalArgumentException("two pairs would be kept under the name '" + name
                        + "'; name each pair once, and rename a network if its name makes two pairs alike.");
            }
        }
    }

    private List<CellFailure> runAll(List<Cell> open, Map<String, Seconds> timings, PanelListener listener)
            throws IOException {
        try {
            return engine.inOrder(open.size(), i -> run(open.get(i), timings, listener)).stream()
                    .flatMap(Optional::stream)
                    .toList();
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    /** Runs one cell; returns why it failed, if it did. A file that cannot be written ends the run, a bad pair does not. */
    private Optional<CellFailure> run(Cell cell, Map<String, Seconds> timings, PanelListener listener) {
        try {
            long start = System.nanoTime();
            CurveFolder curves = new CurveFolder(folder.training(cell.pair(), cell.method()), Map.of());
            ConnectContext context = new ConnectContext(
                    engine,
                    Optional.of(data.train()),
                    settings.connect(),
                    settings.seed(),
                    new StoredCheckpoints(
                            Optional.of(curves), (method, epoch) -> listener.onCurveEpoch(cell.pair(), method, epoch)));
            org.thalweg.path.Path path = Methods.named(cell.method())
                    .connect(cell.a().network(), cell.b().network(), context);
            long connected = System.nanoTime();
            PathResult result = new PathResult(
                    cell.method(),
                    Program.TITLE,
                    cell.a().name(),
                    cell.b().name(),
                    DataFacts.of(data),
                    new Evaluator(engine, data, settings.evaluation()).evaluate(path),
                    Methods.assignment(path),
                    Methods.training(path),
                    Methods.refits(path),
                    Methods.map(path));
            Seconds seconds = new Seconds((connected - start) / 1e9, (System.nanoTime() - connected) / 1e9);
            PathFile.write(
                    folder.path(cell.pair(), cell.method()), path, cell.a().network());
            folder.finish(result);
            curves.delete();
            synchronized (timings) {
                timings.put(cell.key(), seconds);
                Timings.write(folder, timings);
            }
            listener.onCell(result, seconds);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            throw e; // of a checkpoint
        } catch (RuntimeException e) {
            CellFailure failure = new CellFailure(cell.pair(), cell.method(), String.valueOf(e.getMessage()));
            listener.onFailure(failure);
            return Optional.of(failure);
        }
    }

    private static Map<String, LearningCurve> learning(List<Endpoint> endpoints) {
        Map<String, LearningCurve> curves = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> LearningCurve.of(endpoint.network().provenance())
                .ifPresent(curve -> curves.put(endpoint.name(), curve)));
        return curves;
    }

    private PanelResult collected(
            Map<String, String> facts,
            List<Cell> cells,
            List<CellFailure> failures,
            Map<String, Seconds> timings,
            Optional<Architecture> architecture,
            Map<String, LearningCurve> learning)
            throws IOException {
        List<PathResult> results = new ArrayList<>();
        for (Cell cell : cells) {
            folder.finished(cell.pair(), cell.method()).ifPresent(results::add);
        }
        results.stream()
                .flatMap(result -> result.profile().statistics().stream())
                .findFirst()
                .ifPresent(policy -> facts.put("batchNormStatistics", policy.toString()));
        Anatomies anatomies = new Anatomies(folder);
        anatomies.complete(engine, results);
        PanelResult panel =
                PanelResult.of(facts, results, failures, timings, architecture, learning, anatomies.known(results));
        Table table = panel.table();
        folder.write("results.csv", TableText.csv(table));
        folder.write("results.json", TableText.json(table, facts, results));
        folder.write("summary.md", TableText.markdown(table, facts));
        return panel;
    }
}
