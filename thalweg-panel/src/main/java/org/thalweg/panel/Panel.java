package org.thalweg.panel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.Methods;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.panel.Pairs.Pair;
import org.thalweg.run.PathResult;
import org.thalweg.run.RunFolder;

/**
 * Connects pairs of networks by several methods and measures every path.
 *
 * <p>Cells, one pair by one method each ({@link CellWork}), run side by side. A finished cell is never computed again. Times are
 * kept apart from results, in {@code timings.json}.
 *
 * @param engine where to compute
 * @param data what paths are adjusted to and measured on
 * @param settings what to do
 * @param folder where results are kept
 */
public record Panel(Engine engine, Dataset data, PanelSettings settings, RunFolder folder) {
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
        facts.putAll(work().facts());
        folder.claim(facts);
        return facts;
    }

    /**
     * Checks that there is a panel of these networks; {@link #run} does so too.
     *
     * @throws MismatchException if the networks differ in architecture, in width where a method joins only networks that are
     *     alike, or in precision, or do not fit the data
     * @throws IllegalArgumentException if the settings do not fit the endpoints
     */
    public void require(List<Endpoint> endpoints) {
        requireAlike(endpoints);
        cells(endpoints);
    }

    /** Returns what this shard takes as a whole, of networks that {@link #require} accepts. */
    public Forecast forecast(List<Endpoint> endpoints) {
        return costs(endpoints).forecast(settings.shard().of(cells(endpoints)));
    }

    private CellCosts costs(List<Endpoint> endpoints) {
        return new CellCosts(endpoints, new ConnectContext(engine, Optional.of(data.train()), settings.connect()));
    }

    /**
     * Runs what is not finished of this shard, on this machine, and returns everything that is.
     *
     * @param endpoints at least two networks of one architecture, for methods of optimal transport but for widths
     * @param origin settings that tell where the networks come from
     * @throws MismatchException as {@link #require} does
     * @throws IllegalArgumentException if the settings do not fit the endpoints, or the folder belongs to another run
     * @throws IOException if a file cannot be read or written
     */
    public PanelResult run(List<Endpoint> endpoints, Map<String, String> origin, PanelListener listener)
            throws IOException {
        return run(endpoints, origin, here(work(), endpoints, listener), listener);
    }

    private LocalCells here(CellWork work, List<Endpoint> endpoints, PanelListener listener) {
        Map<String, Network> networks =
                endpoints.stream().collect(Collectors.toMap(Endpoint::name, Endpoint::network, (a, b) -> a));
        return new LocalCells(engine, work, networks, listener);
    }

    /**
     * Does the same on other machines: cells that take long first, or, where the training examples are divided, cells here
     * and their sums over the examples there.
     */
    public PanelResult runOn(
            Cluster cluster, List<Endpoint> endpoints, Map<String, String> origin, PanelListener listener)
            throws IOException {
        if (settings.parts() > 1) {
            CellWork summing = new CellWork(data, settings, folder, Optional.of(cluster.sums(settings.parts())));
            return run(endpoints, origin, here(summing, endpoints, listener), listener);
        }
        CellCosts costs = costs(endpoints);
        return run(endpoints, origin, (cells, outcomes) -> cluster.run(costs.longestFirst(cells), outcomes), listener);
    }

    private PanelResult run(
            List<Endpoint> endpoints, Map<String, String> origin, CellRunner runner, PanelListener listener)
            throws IOException {
        requireAlike(endpoints);
        List<Cell> cells = cells(endpoints);
        List<Cell> own = settings.shard().of(cells);
        Map<String, String> facts = claim(origin);
        new LearningCurves(folder).keep(endpoints);
        List<Cell> open = new ArrayList<>();
        for (Cell cell : own) {
            if (work().finished(cell).isEmpty()) {
                open.add(cell);
            }
        }
        listener.onPlan(0, open.size());
        Progression progression = new Progression(folder, Timings.read(folder), listener);
        runner.run(open, progression);
        return collected(facts, cells, progression, endpoints);
    }

    private CellWork work() {
        return new CellWork(data, settings, folder);
    }

    private void requireAlike(List<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            Endpoint first = endpoints.get(0);
            if (differInWidths(first, endpoint)) {
                requireTransport(first, endpoint);
            } else {
                requireEqual(
                        first,
                        endpoint,
                        "architecture",
                        e -> e.network().architecture().text());
            }
            requireEqual(
                    first,
                    endpoint,
                    "precision",
                    e -> e.network().weights().precision().name());
            new Evaluator(engine, data, settings.evaluation())
                    .requireFits(endpoint.network().architecture());
        }
    }

    private static boolean differInWidths(Endpoint a, Endpoint b) {
        return a.network().architecture().differsInWidthsOnly(b.network().architecture());
    }

    private void requireTransport(Endpoint a, Endpoint b) {
        List<String> others = settings.methods().stream()
                .filter(method -> !Methods.joinsOtherWidths(method))
                .toList();
        if (!others.isEmpty()) {
            throw new MismatchException("networks '" + a.name() + "' and '" + b.name() + "' differ in width: "
                    + a.network().architecture().text() + " and "
                    + b.network().architecture().text()
                    + "; only methods of optimal transport, such as ot or ot+wa, join such, so leave out "
                    + String.join(", ", others) + ".");
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
                cells.add(new Cell(
                        endpoints.get(pair.a()).name(), endpoints.get(pair.b()).name(), method));
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

    /** Returns what all networks are; nothing if they differ in width. */
    private static Optional<Architecture> architecture(List<Endpoint> endpoints) {
        Architecture first = endpoints.get(0).network().architecture();
        return endpoints.stream().allMatch(e -> e.network().architecture().equals(first))
                ? Optional.of(first)
                : Optional.empty();
    }

    private PanelResult collected(
            Map<String, String> facts, List<Cell> cells, Progression progression, List<Endpoint> endpoints)
            throws IOException {
        Grid grid = Grid.of(cells);
        List<PathResult> results = new ArrayList<>();
        for (Cell cell : cells) {
            work().finished(cell).ifPresent(results::add);
        }
        folder.deleteTraining();
        Anatomies anatomies = new Anatomies(folder);
        anatomies.complete(engine, grid, results);
        PanelResult panel = PanelResult.of(
                PanelResult.facts(facts, results),
                grid,
                results,
                progression.failures(grid),
                progression.timings(),
                architecture(endpoints),
                new LearningCurves(folder).known(),
                anatomies.known(grid, results));
        panel.writeTable(folder);
        return panel;
    }
}
