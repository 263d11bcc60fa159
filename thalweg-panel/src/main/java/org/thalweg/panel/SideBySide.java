package org.thalweg.panel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.result.PathAnatomy;
import org.thalweg.run.PathResult;
import org.thalweg.run.Seconds;

/**
 * Several runs in one table: a method's label is its name and the run's, so that equal methods of two runs stay two rows.
 *
 * @param runs by name, in the order of the table
 */
record SideBySide(Map<String, PanelResult> runs) {
    PanelResult panel() {
        Map<String, String> settings = new LinkedHashMap<>();
        List<PathResult> results = new ArrayList<>();
        List<CellFailure> failures = new ArrayList<>();
        Map<String, Seconds> seconds = new TreeMap<>();
        Map<String, LearningCurve> learning = new LinkedHashMap<>();
        Map<String, PathAnatomy> anatomies = new LinkedHashMap<>();
        runs.forEach((name, run) -> {
            run.settings().forEach((key, value) -> settings.put(name + StoredPanel.RUN_SEPARATOR + key, value));
            run.results().forEach(result -> results.add(labelled(result, name)));
            run.failures()
                    .forEach(f -> failures.add(
                            new CellFailure(f.pair(), f.method() + StoredPanel.RUN_SEPARATOR + name, f.reason())));
            run.learning().forEach((network, curve) -> learning.put(network + StoredPanel.RUN_SEPARATOR + name, curve));
            run.anatomies().forEach((key, anatomy) -> anatomies.put(key + StoredPanel.RUN_SEPARATOR + name, anatomy));
            run.seconds().forEach((key, time) -> seconds.put(key + StoredPanel.RUN_SEPARATOR + name, time));
        });
        Optional<PanelResult> first = runs.values().stream().findFirst();
        return PanelResult.of(
                settings,
                Grid.ofResults(results),
                results,
                failures,
                seconds,
                first.flatMap(PanelResult::architecture),
                learning,
                anatomies);
    }

    /** Networks of two runs may have one name, so the run is part of it where it matters: beside the ends. */
    private static PathResult labelled(PathResult result, String run) {
        return new PathResult(
                result.method() + StoredPanel.RUN_SEPARATOR + run,
                result.program(),
                result.a(),
                result.b(),
                result.data(),
                result.profile(),
                result.assignment(),
                result.training(),
                result.refits(),
                result.map());
    }
}
