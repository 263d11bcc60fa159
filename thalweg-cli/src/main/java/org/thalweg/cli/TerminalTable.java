package org.thalweg.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.panel.PanelResult;
import org.thalweg.panel.Table;
import org.thalweg.panel.TableText;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.run.PathResult;

/**
 * A panel's table for a terminal: columns aligned, best and worst method marked by a word and, where there is colour, by colour, a
 * sparkline of each method's training loss along its whole path. Where the terminal is narrow the columns of the curve alone go
 * first; where even that is too wide each method has a few lines of its own.
 */
record TerminalTable(PanelResult panel, Terminal terminal) {
    private static final int BARS = 12;
    private static final String GAP = "  ";
    private static final String PROFILE = "profile";

    private record Column(String head, List<String> cells) {
        int width() {
            return Math.max(
                    head.length(), cells.stream().mapToInt(String::length).max().orElse(0));
        }
    }

    String text() {
        List<Column> columns = columns();
        if (width(columns) > terminal.columns()) {
            columns.removeIf(column -> column.head().startsWith(TableText.CURVE_ALONE));
        }
        StringBuilder text = new StringBuilder();
        if (width(columns) <= terminal.columns()) {
            table(columns, text);
        } else {
            blocks(columns, text);
        }
        text.append(wrapped(TableText.caption(panel.table()))).append('\n');
        panel.table()
                .failures()
                .forEach(f -> text.append(terminal.bad("failed"))
                        .append(": " + f.pair() + " by " + f.method() + ": " + f.reason() + "\n"));
        return text.toString();
    }

    private List<Column> columns() {
        Table table = panel.table();
        List<String> heads = TableText.heads(table);
        List<List<String>> rows = TableText.cells(table);
        List<Optional<String>> marks = TableText.marks(table);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            int column = i;
            columns.add(new Column(
                    heads.get(i),
                    IntStream.range(0, rows.size())
                            .mapToObj(row -> rows.get(row).get(column)
                                    + (column == 0
                                            ? marks.get(row)
                                                    .map(mark -> " " + mark)
                                                    .orElse("")
                                            : ""))
                            .toList()));
        }
        Map<String, String> profiles = profiles();
        columns.add(
                1,
                new Column(
                        PROFILE,
                        table.rows().stream()
                                .map(row -> profiles.getOrDefault(row.method(), ""))
                                .toList()));
        return columns;
    }

    /** Returns a sparkline per method on one logarithmic scale, so that methods can be compared. */
    private Map<String, String> profiles() {
        Map<String, List<Double>> logs = new LinkedHashMap<>();
        panel.results().stream().map(PathResult::method).distinct().forEach(method -> logs.put(method, mean(method)));
        double least = logs.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
        double most = logs.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        Map<String, String> profiles = new LinkedHashMap<>();
        logs.forEach((method, values) -> profiles.put(method, Sparkline.of(values, least, most)));
        return profiles;
    }

    /** Returns the logarithm of the mean training loss over pairs in equal stretches of t. */
    private List<Double> mean(String method) {
        List<Profile> pairs = panel.results().stream()
                .filter(result -> result.method().equals(method))
                .map(PathResult::profile)
                .toList();
        List<Double> mean = new ArrayList<>();
        for (int i = 0; i < BARS; i++) {
            double sum = 0;
            for (Profile profile : pairs) {
                sum += worst(profile.points(), i);
            }
            mean.add(Math.log(Math.max(sum / pairs.size(), Double.MIN_NORMAL)));
        }
        return mean;
    }

    /** Returns the worst training loss in a stretch, so that a narrow peak shows; where no point is, that of the nearest. */
    private static double worst(List<ProfilePoint> points, int stretch) {
        double middle = (stretch + 0.5) / BARS;
        return points.stream()
                .filter(point -> Math.abs(point.t() - middle) <= 0.5 / BARS)
                .mapToDouble(point -> point.measures().trainLoss())
                .max()
                .orElseGet(() -> points.stream()
                        .min(Comparator.comparingDouble(point -> Math.abs(point.t() - middle)))
                        .orElseThrow()
                        .measures()
                        .trainLoss());
    }

    private static int width(List<Column> columns) {
        return columns.stream()
                        .mapToInt(column -> column.width() + GAP.length())
                        .sum()
                - GAP.length();
    }

    private void table(List<Column> columns, StringBuilder text) {
        StringBuilder head = new StringBuilder();
        columns.forEach(column -> head.append(padded(column.head(), column)));
        text.append(terminal.head(head.toString().stripTrailing())).append('\n');
        for (int row = 0; row < panel.table().rows().size(); row++) {
            StringBuilder line = new StringBuilder();
            for (Column column : columns) {
                line.append(padded(column.cells().get(row), column));
            }
            text.append(marked(row, line.toString().stripTrailing())).append('\n');
        }
    }

    private String marked(int row, String line) {
        Optional<String> mark = TableText.marks(panel.table()).get(row);
        return mark.map(m -> m.equals("best") ? terminal.good(line) : terminal.bad(line))
                .orElse(line);
    }

    private static String padded(String cell, Column column) {
        return cell + " ".repeat(column.width() - cell.length() + GAP.length());
    }

    private void blocks(List<Column> columns, StringBuilder text) {
        int indent = columns.stream().mapToInt(c -> c.head().length()).max().orElse(0);
        for (int row = 0; row < panel.table().rows().size(); row++) {
            text.append(marked(row, columns.get(0).cells().get(row))).append('\n');
            for (Column column : columns.subList(1, columns.size())) {
                String cell = column.cells().get(row);
                if (!cell.isEmpty()) {
                    String head =
                            column.head() + " ".repeat(indent - column.head().length());
                    text.append(GAP)
                            .append(terminal.soft(head))
                            .append(GAP)
                            .append(cell)
                            .append('\n');
                }
            }
        }
    }

    private String wrapped(String sentence) {
        StringBuilder text = new StringBuilder();
        int used = 0;
        for (String word : sentence.split(" ", -1)) {
            if (used > 0 && (long) used + 1 + word.length() > terminal.columns()) {
                text.append('\n');
                used = 0;
            }
            text.append(used == 0 ? "" : " ").append(word);
            used += (used == 0 ? 0 : 1) + word.length();
        }
        return text.toString();
    }
}
