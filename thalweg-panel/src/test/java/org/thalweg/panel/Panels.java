package org.thalweg.panel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.result.PathAnatomy;
import org.thalweg.run.PathResult;
import org.thalweg.run.Seconds;

/** Panels made of results, for tests of other packages. */
public final class Panels {
    private Panels() {}

    /** Returns the panel of these cells. */
    public static PanelResult panel(
            List<PathResult> results, Map<String, Seconds> seconds, Map<String, PathAnatomy> anatomies) {
        return PanelResult.of(
                Map.of(), Grid.ofResults(results), results, List.of(), seconds, Optional.empty(), Map.of(), anatomies);
    }
}
