package org.thalweg.panel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.thalweg.result.PathAnatomy;
import org.thalweg.run.PathResult;
import org.thalweg.run.Seconds;

/**
 * The parts of one panel that ran apart from each other, as one: its table has the bits of a panel that ran as a whole.
 *
 * @param parts at least one
 */
record Parts(List<PanelResult> parts) {
    /** Returns whether runs have one configuration and no cell in two of them. */
    static boolean areParts(List<PanelResult> runs) {
        Set<String> cells = new HashSet<>();
        return runs.stream().allMatch(run -> run.settings().equals(runs.get(0).settings()))
                && runs.stream().flatMap(run -> run.results().stream()).allMatch(result -> cells.add(key(result)));
    }

    private static String key(PathResult result) {
        return result.pair() + "/" + result.method();
    }

    PanelResult panel() {
        Grid grid = parts.stream().map(PanelResult::grid).reduce(Grid::with).orElseThrow();
        List<PathResult> results = new ArrayList<>();
        Map<String, Seconds> seconds = new TreeMap<>();
        Map<String, LearningCurve> learning = new LinkedHashMap<>();
        for (PanelResult part : parts) {
            results.addAll(part.results());
            seconds.putAll(part.seconds());
            part.learning().forEach(learning::putIfAbsent);
        }
        results.sort(grid.order());
        return PanelResult.of(
                parts.get(0).settings(),
                grid,
                results,
                failures(grid),
                seconds,
                parts.stream().flatMap(part -> part.architecture().stream()).findFirst(),
                learning,
                anatomies(grid, results));
    }

    private List<CellFailure> failures(Grid grid) {
        return parts.stream()
                .flatMap(part -> part.failures().stream())
                .sorted(grid.orderOfFailures())
                .toList();
    }

    /** Returns those of the panel's first pair; a part without it has looked at another one. */
    private Map<String, PathAnatomy> anatomies(Grid grid, List<PathResult> results) {
        Optional<String> first = Anatomies.firstPair(grid, results);
        Map<String, PathAnatomy> anatomies = new LinkedHashMap<>();
        for (PanelResult part : parts) {
            if (Anatomies.firstPair(part.grid(), part.results()).equals(first)) {
                anatomies.putAll(part.anatomies());
            }
        }
        Map<String, PathAnatomy> ordered = new LinkedHashMap<>();
        for (String method : grid.methods()) {
            Optional.ofNullable(anatomies.get(method)).ifPresent(anatomy -> ordered.put(method, anatomy));
        }
        return ordered;
    }
}
