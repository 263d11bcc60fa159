package org.thalweg.panel;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.result.PathAnatomy;
import org.thalweg.run.PathResult;
import org.thalweg.run.RunFolder;
import org.thalweg.run.Seconds;

/**
 * What a panel found.
 *
 * @param settings what identifies the run, by name
 * @param grid the cells that the panel has, finished or not
 * @param results the finished cells, methods in the settings' order, of each its pairs in order
 * @param failures the cells that failed
 * @param table the worst values, mean and spread over pairs
 * @param seconds wall time of cells by {@code pair/method}, as far as known
 * @param architecture the networks', where it is known
 * @param learning how the networks were trained, by name, as far as their files tell
 * @param anatomies what the paths of the first pair are made of, by method, as far as looked at
 */
public record PanelResult(
        Map<String, String> settings,
        Grid grid,
        List<PathResult> results,
        List<CellFailure> failures,
        Table table,
        Map<String, Seconds> seconds,
        Optional<Architecture> architecture,
        Map<String, LearningCurve> learning,
        Map<String, PathAnatomy> anatomies) {
    /** Returns one path as a panel of one cell. */
    public static PanelResult of(
            PathResult result, Seconds seconds, Map<String, String> settings, Map<String, LearningCurve> learning) {
        Map<String, Seconds> times = Map.of(result.pair() + "/" + result.method(), seconds);
        return of(
                settings,
                Grid.ofResults(List.of(result)),
                List.of(result),
                List.of(),
                times,
                Optional.empty(),
                learning,
                Map.of());
    }

    /** Returns the panel of these cells, methods in the order of the results. */
    static PanelResult of(
            Map<String, String> settings,
            Grid grid,
            List<PathResult> results,
            List<CellFailure> failures,
            Map<String, Seconds> seconds,
            Optional<Architecture> architecture,
            Map<String, LearningCurve> learning,
            Map<String, PathAnatomy> anatomies) {
        List<String> methods =
                results.stream().map(PathResult::method).distinct().toList();
        Table table = Table.of(methods, results, failures, Timings.totals(seconds));
        return new PanelResult(settings, grid, results, failures, table, seconds, architecture, learning, anatomies);
    }

    /** Returns the settings of a run and, where its networks have batch norm, what its statistics were. */
    static Map<String, String> facts(Map<String, String> settings, List<PathResult> results) {
        Map<String, String> facts = new LinkedHashMap<>(settings);
        results.stream()
                .flatMap(result -> result.profile().statistics().stream())
                .findFirst()
                .ifPresent(policy -> facts.put("batchNormStatistics", policy.toString()));
        return facts;
    }

    /**
     * Writes {@code results.csv}, {@code results.json} and {@code summary.md}.
     *
     * @throws IOException if they cannot be written
     */
    public void writeTable(RunFolder folder) throws IOException {
        folder.write("results.csv", TableText.csv(table));
        folder.write("results.json", TableText.json(this));
        folder.write("summary.md", TableText.markdown(table, settings));
    }
}
