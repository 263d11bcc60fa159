package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.thalweg.run.Numbers;

/** What a chart shows, as rows of text: its CSV file and the table that a screen reader reads. One thread. */
final class DataTable {
    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    DataTable(String... heads) {
        this.heads = List.of(heads);
    }

    /** Adds a row; numbers are printed as short as they can be. */
    void add(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Double number ? Numbers.text(number) : String.valueOf(cell));
        }
        if (row.size() != heads.size()) {
            throw new IllegalArgumentException("a row has " + row.size() + " cells under " + heads.size() + " heads.");
        }
        rows.add(List.copyOf(row));
    }

    List<String> heads() {
        return heads;
    }

    List<List<String>> rows() {
        return List.copyOf(rows);
    }

    /** Returns the rows as RFC 4180 has them, with line feeds. */
    String csv() {
        StringBuilder csv = new StringBuilder(line(heads));
        rows.forEach(row -> csv.append(line(row)));
        return csv.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(DataTable::quoted).collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String cell) {
        return cell.matches("[^\",\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
