package org.thalweg.panel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.panel.Table.Row;
import org.thalweg.panel.Table.Spreads;
import org.thalweg.result.Measure;
import org.thalweg.result.Spread;
import org.thalweg.run.Numbers;
import org.thalweg.run.PathResult;
import org.thalweg.run.Program;

/** A table as text for people, who read of the whole path first, and for programs. */
public final class TableText {
    /** The measures in the order of columns: accuracies first, as in the published tables. */
    private static final List<Measure> ORDER =
            List.of(Measure.TRAIN_ACCURACY, Measure.TEST_ACCURACY, Measure.TRAIN_LOSS, Measure.TEST_LOSS);

    private static final String SECONDS = "s/pair";

    /** How heads of columns of the own curve begin. */
    public static final String CURVE_ALONE = "curve alone";

    private TableText() {}

    private static List<Measure> order(Table table) {
        return ORDER.stream().filter(table.loss().measures()::contains).toList();
    }

    /**
     * Returns the columns' heads: the whole path first, of the own curve what does not print as the whole path does in every row; of accuracies
     * only where there are such, one for training only where something was trained, and seconds last.
     */
    public static List<String> heads(Table table) {
        List<String> heads = new ArrayList<>(List.of("method"));
        kinds(table).forEach(kind -> heads.add(kind.head() + " (train / test)"));
        ownOfCurve(table).forEach(kind -> heads.add(CURVE_ALONE + ", " + kind.head()));
        if (isRechecked(table)) {
            heads.add("worst point on all data, "
                    + (table.loss().hasAccuracy() ? Kind.ACCURACY.head() : Kind.LOSS.head()));
        }
        if (isTrained(table)) {
            heads.add("training");
        }
        heads.add(SECONDS);
        return heads;
    }

    /** What a column holds on training and on test examples. */
    private enum Kind {
        ACCURACY("accuracy %", Measure.TRAIN_ACCURACY, Measure.TEST_ACCURACY),
        LOSS("loss", Measure.TRAIN_LOSS, Measure.TEST_LOSS);

        private final String head;
        private final Measure train;
        private final Measure test;

        Kind(String head, Measure train, Measure test) {
            this.head = head;
            this.train = train;
            this.test = test;
        }

        String head() {
            return head;
        }

        String cell(Spreads spreads) {
            return both(spreads, train, test);
        }
    }

    private static List<Kind> kinds(Table table) {
        return table.loss().hasAccuracy() ? List.of(Kind.values()) : List.of(Kind.LOSS);
    }

    private static List<Kind> ownOfCurve(Table table) {
        return kinds(table).stream()
                .filter(kind -> !table.rows().stream()
                        .allMatch(row -> kind.cell(row.curve()).equals(kind.cell(row.path()))))
                .toList();
    }

    private static boolean isTrained(Table table) {
        return table.rows().stream().anyMatch(row -> row.training().isPresent());
    }

    private static boolean isRechecked(Table table) {
        return table.rows().stream().anyMatch(row -> row.recheck().isPresent());
    }

    /** Returns the rows as cells of text under {@link #heads}: mean ± deviation. */
    public static List<List<String>> cells(Table table) {
        return table.rows().stream().map(row -> cells(row, table)).toList();
    }

    private static List<String> cells(Row row, Table table) {
        List<String> cells = new ArrayList<>(List.of(row.method()));
        kinds(table).forEach(kind -> cells.add(kind.cell(row.path())));
        ownOfCurve(table).forEach(kind -> cells.add(kind.cell(row.curve())));
        if (isRechecked(table)) {
            cells.add(row.recheck()
                    .map(again -> both(
                            again, table.loss().leadingOnTrain(), table.loss().leadingOnTest()))
                    .orElse(""));
        }
        if (isTrained(table)) {
            cells.add(row.training()
                    .map(cost -> cost.epochs() + " epochs, " + cost.steps() + " steps")
                    .orElse(""));
        }
        cells.add(row.seconds().map(s -> String.format(Locale.ROOT, "%.1f", s)).orElse(""));
        return cells;
    }

    private static String both(Spreads spreads, Measure train, Measure test) {
        return spreads.get(train).text(train) + " / " + spreads.get(test).text(test);
    }

    /** Returns which rows are {@code best} and which {@code worst} on the whole path ({@link Ranking}), if not all methods are equal. */
    public static List<Optional<String>> marks(Table table) {
        Ranking ranking = Ranking.onWholePaths(table);
        return table.rows().stream()
                .map(row -> ranking.worst().contains(row)
                        ? Optional.of("worst")
                        : ranking.best().contains(row) && !ranking.worst().isEmpty()
                                ? Optional.of("best")
                                : Optional.<String>empty())
                .toList();
    }

    /** Returns what the figures are and what they are over, in a few sentences. */
    public static String caption(Table table) {
        boolean hasSeconds = table.rows().stream().anyMatch(row -> row.seconds().isPresent());
        return results(table)
                + (hasSeconds ? " '" + SECONDS + "': seconds to connect a pair and to measure its path." : "");
    }

    private static String results(Table table) {
        int pairs = table.rows().stream().mapToInt(Row::count).findFirst().orElse(0);
        return "Worst value on the whole path, "
                + (pairs == 1 ? "of 1 pair" : "mean ± population standard deviation over " + pairs + " pairs") + " of "
                + table.networks() + " networks"
                + (table.pairsShareNetworks() ? " (pairs share networks)" : "") + "; 'ends' over the networks."
                + curveNote(table)
                + unfinished(table, pairs)
                + refitNote(table);
    }

    /** Says what the columns of the own curve leave out, where they are. */
    private static String curveNote(Table table) {
        return ownOfCurve(table).isEmpty()
                ? ""
                : " '" + CURVE_ALONE
                        + "': from the first network to the end of the method's own curve, without the legs behind it,"
                        + " as published tables have it.";
    }

    /** Says which methods are not measured on all pairs, in a run that is not finished or in which cells failed. */
    private static String unfinished(Table table, int pairs) {
        String fewer = table.rows().stream()
                .filter(row -> row.isMethod() && row.count() != pairs)
                .map(row -> row.method() + " over " + row.count())
                .collect(Collectors.joining(", "));
        return fewer.isEmpty() ? "" : " Not all pairs are finished: " + fewer + ".";
    }

    /** Says what refitting uses, where there is a method that refits. */
    private static String refitNote(Table table) {
        return table.rows().stream().anyMatch(row -> row.method().equals(Table.REFITTED_ENDS))
                ? " Methods with '+ca' see the " + (table.loss().hasAccuracy() ? "labels" : "targets")
                        + " of the training examples, as training does; '"
                        + Table.REFITTED_ENDS + "' is the same refit of the end points alone."
                : "";
    }

    /** Returns the table as Markdown, with the settings. */
    static String markdown(Table table, Map<String, String> settings) {
        List<String> heads = heads(table);
        heads.remove(heads.size() - 1); // times are no results
        StringBuilder text =
                new StringBuilder("# Panel\n\n").append(results(table)).append("\n\n");
        text.append("| ").append(String.join(" | ", heads)).append(" |\n");
        text.append("|---".repeat(heads.size())).append("|\n");
        cells(table)
                .forEach(row -> text.append("| ")
                        .append(String.join(" | ", row.subList(0, heads.size())))
                        .append(" |\n"));
        table.failures()
                .forEach(f -> text.append("\nFailed: ")
                        .append(f.pair())
                        .append(" by ")
                        .append(f.method())
                        .append(": ")
                        .append(f.reason())
                        .append('\n'));
        text.append("\n").append(Program.TITLE).append(", settings:\n\n");
        settings.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /** Returns the table as CSV: mean and deviation of each measure, on the own curve, on the whole path, and on all data. */
    static String csv(Table table) {
        StringBuilder csv = new StringBuilder("method,pairs");
        List<String> scopes = isRechecked(table) ? List.of("", "WholePath", "OnAllData") : List.of("", "WholePath");
        for (String scope : scopes) {
            for (Measure measure : order(table)) {
                csv.append(',')
                        .append(measure.key())
                        .append("Worst")
                        .append(scope)
                        .append("Mean");
                csv.append(',')
                        .append(measure.key())
                        .append("Worst")
                        .append(scope)
                        .append("Sd");
            }
        }
        for (Row row : table.rows()) {
            csv.append('\n').append(row.method()).append(',').append(row.count());
            append(csv, row.curve(), table);
            append(csv, row.path(), table);
            if (isRechecked(table)) {
                row.recheck()
                        .ifPresentOrElse(
                                again -> append(csv, again, table),
                                () -> csv.append(",".repeat(2 * order(table).size())));
            }
        }
        return csv.append('\n').toString();
    }

    private static void append(StringBuilder csv, Spreads spreads, Table table) {
        for (Measure measure : order(table)) {
            Spread spread = spreads.get(measure);
            csv.append(',').append(Numbers.text(spread.mean()));
            csv.append(',').append(Numbers.text(spread.sd()));
        }
    }

    /** Returns the table and each cell's worst values as JSON. */
    static String json(PanelResult panel) {
        Table table = panel.table();
        ObjectNode json = Numbers.MAPPER.createObjectNode().put("program", Program.TITLE);
        ObjectNode facts = json.putObject("settings");
        panel.settings().forEach(facts::put);
        ObjectNode grid = json.putObject("grid");
        panel.grid().methods().forEach(grid.putArray("methods")::add);
        panel.grid().pairs().forEach(grid.putArray("pairs")::add);
        json.put("networks", table.networks()).put("pairsShareNetworks", table.pairsShareNetworks());
        ArrayNode rows = json.putArray("rows");
        for (Row row : table.rows()) {
            ObjectNode item = rows.addObject().put("method", row.method()).put("pairs", row.count());
            item.set("curveWorst", json(row.curve(), table));
            item.set("pathWorst", json(row.path(), table));
            row.recheck().ifPresent(again -> item.set("pathWorstOnAllData", json(again, table)));
            row.training()
                    .ifPresent(cost -> item.putObject("training")
                            .put("epochs", cost.epochs())
                            .put("steps", cost.steps()));
        }
        ArrayNode cells = json.putArray("cells");
        for (PathResult result : panel.results()) {
            ObjectNode item = cells.addObject().put("pair", result.pair()).put("method", result.method());
            for (Measure measure : order(table)) {
                item.put(
                        measure.key() + "Worst",
                        result.profile().curveWorst().get(measure).value());
                item.put(
                        measure.key() + "WorstWholePath",
                        result.profile().worst().get(measure).value());
            }
        }
        ArrayNode failures = json.putArray("failures");
        table.failures()
                .forEach(f -> failures.addObject()
                        .put("pair", f.pair())
                        .put("method", f.method())
                        .put("reason", f.reason()));
        return Numbers.pretty(json);
    }

    private static ObjectNode json(Spreads spreads, Table table) {
        ObjectNode json = Numbers.MAPPER.createObjectNode();
        for (Measure measure : order(table)) {
            Spread spread = spreads.get(measure);
            json.putObject(measure.key()).put("mean", spread.mean()).put("sd", spread.sd());
        }
        return json;
    }
}
