package org.thalweg.panel;

import java.util.List;
import java.util.function.Function;
import org.thalweg.panel.Table.Row;
import org.thalweg.panel.Table.Spreads;
import org.thalweg.result.Measure;

/**
 * Which methods of a table came out best and worst by their worst test accuracy, or loss where there is none. Methods whose figures
 * print alike share a place: their readers could not tell them apart.
 *
 * @param best in the table's order; none only of a table without methods
 * @param worst none where all are equal
 */
public record Ranking(List<Row> best, List<Row> worst) {
    public Ranking {
        best = List.copyOf(best);
        worst = List.copyOf(worst);
    }

    /** Returns the ranking over whole paths, from one network to the other: what a reader of the table sees first. */
    public static Ranking onWholePaths(Table table) {
        return of(table, Row::path);
    }

    /** Returns the ranking up to the ends of the methods' own curves, as published tables compare. */
    public static Ranking onCurves(Table table) {
        return of(table, Row::curve);
    }

    private static Ranking of(Table table, Function<Row, Spreads> part) {
        Measure leading = table.loss().leadingOnTest();
        List<Row> methods = table.rows().stream().filter(Row::isMethod).toList();
        List<Row> best = tied(methods, leading, part, leading.isLoss());
        List<Row> worst = tied(methods, leading, part, !leading.isLoss());
        return new Ranking(best, best.equals(worst) ? List.of() : worst);
    }

    /** Returns the methods whose figures print as the least does, or the greatest. */
    private static List<Row> tied(List<Row> methods, Measure measure, Function<Row, Spreads> part, boolean least) {
        double sign = least ? 1 : -1;
        double first = sign
                * methods.stream()
                        .mapToDouble(row -> sign * part.apply(row).get(measure).mean())
                        .min()
                        .orElse(Double.NaN);
        return methods.stream()
                .filter(row -> measure.text(part.apply(row).get(measure).mean()).equals(measure.text(first)))
                .toList();
    }
}
