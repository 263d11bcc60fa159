package org.thalweg.report;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.thalweg.panel.Table;
import org.thalweg.panel.Table.Row;
import org.thalweg.result.Measure;
import org.thalweg.result.PathAnatomy;

/** The methods' overview of the talk of 2020, its "low, medium, high" replaced by what was measured. */
final class Overview {
    static final String CAPTION =
            "What each method is, and what was measured: smooth pieces of the first pair's path (straight"
                    + " lines between knots, arcs, swaps of the re-ordering), seconds to connect and measure a pair, worst loss on the"
                    + " whole path.";

    private Overview() {}

    static DataTable of(Table table, Map<String, PathAnatomy> anatomies) {
        DataTable overview = new DataTable(
                "method",
                "explicit formula",
                "learnable",
                "computed per pair",
                "segments",
                "s/pair",
                "train loss",
                "test loss");
        for (Row row : table.rows()) {
            if (row.isMethod()) {
                String method = MethodLabel.of(row.method()).method();
                boolean learnable = method.matches(".*(garipov|bezier|flow|bijection)-.*");
                boolean explicit = method.equals("linear") || method.equals("arc");
                overview.add(
                        row.method(),
                        yes(explicit),
                        yes(learnable),
                        yes(!explicit),
                        Optional.ofNullable(anatomies.get(row.method()))
                                .map(a -> "" + a.segments())
                                .orElse("–"),
                        row.seconds()
                                .map(s -> String.format(Locale.ROOT, "%.1f", s))
                                .orElse("–"),
                        loss(row, Measure.TRAIN_LOSS),
                        loss(row, Measure.TEST_LOSS));
            }
        }
        return overview;
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static String loss(Row row, Measure measure) {
        return String.format(Locale.ROOT, "%.4f", row.path().get(measure).mean());
    }
}
