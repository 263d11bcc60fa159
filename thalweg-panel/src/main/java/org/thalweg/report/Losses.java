package org.thalweg.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.panel.Table;
import org.thalweg.panel.Table.Row;
import org.thalweg.panel.Table.Spreads;
import org.thalweg.result.Measure;

/**
 * What paths lose: by how much the training accuracy falls below the end points', or the training loss rises where there is no
 * accuracy. More than two points are bad, the bound under which Frankle et al. (2020, arXiv:1912.05671) call networks connected; of
 * losses, more than twice the end points'.
 *
 * @param table the table
 */
record Losses(Table table) {
    private static final double BAD = 0.02;

    /** Returns what is lost on the whole path. */
    double onPath(Row row) {
        return lost(row.path());
    }

    /** Returns what is lost up to the end of the method's own curve. */
    double onCurve(Row row) {
        return lost(row.curve());
    }

    private double lost(Spreads worst) {
        return lost(worst.get(table.loss().leadingOnTrain()).mean());
    }

    /** Returns by how much a worst value of one path is worse than the end points. */
    double lost(double worst) {
        Measure leading = table.loss().leadingOnTrain();
        return leading.excess(worst, ends(leading));
    }

    private double ends(Measure measure) {
        return table.rows().get(table.rows().size() - 1).path().get(measure).mean();
    }

    /** Returns whether so much is bad. */
    boolean isBad(double lost) {
        return lost > (table.loss().hasAccuracy() ? BAD : ends(Measure.TRAIN_LOSS));
    }

    /** Returns what these lose on the whole path, at least one, with its unit. */
    String told(List<Row> rows) {
        return told(
                rows,
                table.loss().hasAccuracy() ? " points of training accuracy" : " to the end points' training loss");
    }

    /** Returns the same where the unit was said. */
    String toldShort(List<Row> rows) {
        return told(rows, "");
    }

    private String told(List<Row> rows, String unit) {
        String verb = table.loss().hasAccuracy() ? " loses " : " adds ";
        return IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get(i).method() + (i == 0 ? verb : " ") + figures(rows.get(i), i == 0 ? unit : ""))
                .collect(Collectors.joining(", "));
    }

    private String figures(Row row, String unit) {
        String path = figure(onPath(row));
        String curve = figure(onCurve(row));
        return path + unit + (curve.equals(path) ? "" : " (" + curve + " along its curve)");
    }

    private String figure(double lost) {
        double shown = Math.max(0, lost);
        return table.loss().hasAccuracy()
                ? String.format(Locale.ROOT, "%.1f", 100 * shown)
                : String.format(Locale.ROOT, "%.4f", shown);
    }
}
