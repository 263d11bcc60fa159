package org.thalweg.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.thalweg.panel.Ranking;
import org.thalweg.panel.Table;
import org.thalweg.panel.Table.Row;
import org.thalweg.panel.Table.Spreads;
import org.thalweg.result.Measure;

/**
 * What a table says, in a sentence: which methods stay best over the whole path, which is what its user walks; and, where that is
 * another matter, along the methods' own curves, which is what published tables compare.
 *
 * @param table the table
 */
record Answer(Table table) {
    String sentence() {
        Ranking ranking = Ranking.onWholePaths(table);
        if (ranking.best().isEmpty()) {
            return "No path could be measured.";
        }
        Row best = ranking.best().get(0);
        return String.format(
                Locale.ROOT,
                "%s: %s worst test %s on the whole path is %s; the end points have %s.%s",
                count() == 1 ? "One method was tried, " + best.method() : ofAll(ranking.best()),
                ranking.best().size() == 1 ? "its" : "their",
                leading().isLoss() ? "loss" : "accuracy",
                figure(best.path()),
                figure(table.rows().get(table.rows().size() - 1).path()),
                alongCurves(ranking));
    }

    private long count() {
        return table.rows().stream().filter(Row::isMethod).count();
    }

    private Measure leading() {
        return table.loss().leadingOnTest();
    }

    private String ofAll(List<Row> best) {
        return best.size() == count()
                ? (count() == 2 ? "Both" : "All " + count()) + " methods stay equally "
                        + (leading().isLoss() ? "low" : "high")
                : "Of " + count() + " methods " + stay(best);
    }

    private String stay(List<Row> rows) {
        boolean loss = leading().isLoss();
        return rows.size() == 1
                ? rows.get(0).method() + " stays " + (loss ? "lowest" : "highest")
                : listed(rows.stream().map(Row::method).toList(), "and") + " stay equally " + (loss ? "low" : "high");
    }

    /** Returns names as a sentence lists them, before the last this word. */
    static String listed(List<String> names, String word) {
        int last = names.size() - 1;
        return last == 0
                ? names.get(0)
                : names.stream().limit(last).collect(Collectors.joining(", ")) + " " + word + " " + names.get(last);
    }

    /** Says what the own curves alone would tell, where that is something else. */
    private String alongCurves(Ranking whole) {
        List<Row> best = Ranking.onCurves(table).best();
        String figure = figure(best.get(0).curve());
        boolean same = best.equals(whole.best());
        if (same && figure.equals(figure(best.get(0).path()))) {
            return "";
        }
        return " Along the curve alone, as published tables compare, "
                + (same ? "that worst is " + figure : stay(best) + ": " + figure) + ".";
    }

    private String figure(Spreads spreads) {
        return leading().text(spreads.get(leading()).mean()) + (leading().isLoss() ? "" : " %");
    }
}
