package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.thalweg.panel.Table;
import org.thalweg.panel.Table.Row;
import org.thalweg.run.PathResult;
import org.thalweg.run.Results;

/** Tables of one pair whose ends have a training loss of 0.125 and so a training accuracy of 87.5 %, a test accuracy of 75 %. */
final class Tables {
    private Tables() {}

    static Table of(List<PathResult> results) {
        List<Row> rows = new ArrayList<>();
        results.forEach(result -> rows.add(Table.of(result).rows().get(0)));
        Table one = Table.of(results.get(0));
        rows.add(one.rows().get(one.rows().size() - 1));
        return new Table(rows, 2, false, List.of(), one.loss());
    }

    /** Returns a path of one leg, the curve. */
    static PathResult path(String method, double worstLoss) {
        return Results.curve(method, "a", "b", 0.125, worstLoss, 0.125);
    }

    /** Returns a path that re-orders units behind its curve. */
    static PathResult path(String method, double worstOfCurve, double worstOfReorder) {
        return Results.reordered(
                method, "a", "b", new double[] {0.125, worstOfCurve, 0.125}, new double[] {0.125, worstOfReorder, 0.125
                });
    }

    static Table of(PathResult... results) {
        return of(Stream.of(results).toList());
    }
}
