package org.thalweg.panel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.connect.Methods;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.result.Loss;
import org.thalweg.run.Numbers;
import org.thalweg.run.PathResult;
import org.thalweg.run.RunFolder;

/** A panel as its run folder has it, finished or not: nothing is computed again. */
public final class StoredPanel {
    /** Between a method's name and that of its run, where several runs are shown. */
    public static final String RUN_SEPARATOR = " · ";

    private static final String RESULTS = "results.json";

    private StoredPanel() {}

    /**
     * Reads a run folder.
     *
     * @throws MissingFileException if it is no run folder, or no cell of it is finished
     * @throws org.thalweg.checkpoint.CheckpointException if a file in it is malformed
     * @throws IOException if it cannot be read
     */
    public static PanelResult read(RunFolder folder) throws IOException {
        if (!Files.isRegularFile(folder.root().resolve("run.json"))) {
            throw new MissingFileException(
                    folder.root() + ": no run folder (it has no run.json); name the folder that a panel wrote.");
        }
        Grid planned = planned(folder);
        List<PathResult> results = cells(folder, planned);
        if (results.isEmpty()) {
            throw new MissingFileException(folder.root() + ": no cell of this run is finished; run its panel first.");
        }
        Grid grid = planned.with(Grid.ofResults(results));
        return PanelResult.of(
                PanelResult.facts(folder.settings(), results),
                grid,
                results,
                failures(folder),
                Timings.read(folder),
                architecture(folder, results),
                new LearningCurves(folder).known(),
                new Anatomies(folder).known(grid, results));
    }

    /**
     * Looks at the paths that the run kept, where no earlier run of the program did: what the charts of neurons show.
     *
     * @throws IOException if a path cannot be read, or the run folder not be written
     */
    public static void lookAtPaths(RunFolder folder, Engine engine) throws IOException {
        Grid planned = planned(folder);
        List<PathResult> results = cells(folder, planned);
        new Anatomies(folder).complete(engine, planned.with(Grid.ofResults(results)), results);
    }

    /**
     * Returns the methods and pairs of finished cells that a panel of this grid does not show, earlier panels of the folder having had them.
     *
     * @throws IOException if a cell cannot be read
     */
    public static Grid besides(RunFolder folder, Grid shown) throws IOException {
        Set<Path> own = new HashSet<>();
        shown.methods().forEach(method -> shown.pairs().forEach(pair -> own.add(folder.cell(pair, method))));
        List<PathResult> others = new ArrayList<>();
        for (Path file : folder.cells()) {
            if (!own.contains(file)) {
                others.add(folder.read(file));
            }
        }
        return Grid.ofResults(others).without(shown);
    }

    private static List<PathResult> cells(RunFolder folder, Grid planned) throws IOException {
        List<PathResult> results = new ArrayList<>();
        for (Path file : folder.cells()) {
            results.add(folder.read(file));
        }
        results.sort(planned.order());
        return results;
    }

    /** Returns the grid of the run, which only a finished run states, and not one of an early build; else the methods of the catalogue. */
    private static Grid planned(RunFolder folder) throws IOException {
        Path file = folder.root().resolve(RESULTS);
        JsonNode grid = Files.exists(file) ? Numbers.read(file).path("grid") : MissingNode.getInstance();
        if (grid.isMissingNode()) {
            return new Grid(Methods.names(), List.of());
        }
        return new Grid(texts(grid.path("methods")), texts(grid.path("pairs")));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static List<CellFailure> failures(RunFolder folder) throws IOException {
        List<CellFailure> failures = new ArrayList<>();
        Path file = folder.root().resolve(RESULTS);
        if (Files.exists(file)) {
            for (JsonNode failure : Numbers.read(file).path("failures")) {
                failures.add(new CellFailure(
                        failure.path("pair").asText(),
                        failure.path("method").asText(),
                        failure.path("reason").asText()));
            }
        }
        return failures;
    }

    /** Returns the networks' architecture from the first path that is kept. */
    private static Optional<Architecture> architecture(RunFolder folder, List<PathResult> results) throws IOException {
        for (PathResult result : results) {
            Path file = folder.path(result.pair(), result.method());
            if (Files.isRegularFile(file)) {
                return Checkpoint.open(file).fact("architecture").map(Architecture::parse);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns several runs of one loss as one panel. Parts of one panel, with one configuration and no cell in two of them, are that panel;
     * otherwise runs stand side by side, and a method carries the name of its run.
     *
     * @throws IllegalArgumentException if losses differ
     */
    public static PanelResult together(Map<String, PanelResult> runs) {
        if (runs.size() == 1) {
            return runs.values().iterator().next();
        }
        requireOneLoss(runs);
        List<PanelResult> parts = List.copyOf(runs.values());
        return Parts.areParts(parts) ? new Parts(parts).panel() : new SideBySide(new LinkedHashMap<>(runs)).panel();
    }

    private static void requireOneLoss(Map<String, PanelResult> runs) {
        Map<Loss, String> byLoss = new EnumMap<>(Loss.class);
        runs.forEach((name, run) -> byLoss.putIfAbsent(run.table().loss(), name));
        if (byLoss.size() > 1) {
            throw new IllegalArgumentException(byLoss.entrySet().stream()
                            .map(entry ->
                                    entry.getValue() + " has " + entry.getKey().text())
                            .collect(Collectors.joining(" and "))
                    + " as its loss; runs of different losses cannot stand side by side.");
        }
    }

    /** Returns whether these runs are parts of one panel. */
    public static boolean areParts(Map<String, PanelResult> runs) {
        return runs.size() > 1 && Parts.areParts(List.copyOf(runs.values()));
    }
}
