package org.thalweg.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table in CSV (RFC 4180: commas, quotes around texts): one example per row, its label in one column, numbers in the others. The
 * first row holds the columns' names if one of its features is no number.
 */
final class CsvTable {
    private static final int MOST_COLUMNS = 100_000;
    private static final int LONGEST_ROW = 4 << 20; // characters
    private static final int MOST_VALUES = 1 << 28; // 2 GB of doubles

    private final Path file;
    private final List<String> labels = new ArrayList<>();
    private double[] values = new double[1024];
    private int used;
    private int columns; // of the first row
    private int label; // position of the label's column

    private CsvTable(Path file) {
        this.file = file;
    }

    /**
     * Reads a table.
     *
     * @param label name of the label's column; the last one unless given
     * @throws DataException if rows differ in length, a feature is no finite number, or there is nothing to read
     */
    static RawExamples read(Path file, Optional<String> label) throws IOException {
        CsvTable table = new CsvTable(file);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            table.readAll(in, label);
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": is not UTF-8; save it in that encoding.", e);
        }
        double[] values = Arrays.copyOf(table.values, table.used);
        return new RawExamples(new ImageShape(1, 1, table.columns - 1), table.labels, new byte[0], values);
    }

    private void readAll(BufferedReader in, Optional<String> wanted) throws IOException {
        int line = 0;
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            line++;
            if (text.length() > LONGEST_ROW) {
                throw new DataException(file + ":" + line + ": a row of " + text.length() + " characters; at most "
                        + LONGEST_ROW + " are read.");
            }
            if (text.isBlank()) {
                continue;
            }
            List<String> cells = cells(text, line);
            if (columns == 0) {
                begin(cells, wanted);
                if (wanted.isPresent() || isHeader(cells)) {
                    continue;
                }
            }
            addRow(cells, line);
        }
        if (labels.isEmpty()) {
            throw new DataException(file + ": holds no rows of examples.");
        }
    }

    private void begin(List<String> first, Optional<String> wanted) throws DataException {
        columns = first.size();
        if (columns < 2 || columns > MOST_COLUMNS) {
            throw new DataException(file + ": " + columns
                    + " columns; a label and at least one feature are needed, at most " + MOST_COLUMNS + " in all.");
        }
        label = wanted.isPresent() ? first.indexOf(wanted.get()) : columns - 1;
        if (label < 0) {
            throw new DataException(
                    file + ": no column '" + wanted.orElse("") + "'; the first row must name the columns: "
                            + String.join(", ", first.subList(0, Math.min(20, columns))) + ".");
        }
    }

    private boolean isHeader(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (i != label && Double.isNaN(number(cells.get(i)))) {
                return true;
            }
        }
        return false;
    }

    private void addRow(List<String> cells, int line) throws DataException {
        if (cells.size() != columns) {
            throw new DataException(
                    file + ":" + line + ": " + cells.size() + " columns but the first row has " + columns + ".");
        }
        if (used > MOST_VALUES - columns) {
            throw new DataException(file + ": more than " + MOST_VALUES + " values; use arrays (NPY) for as many.");
        }
        if (used + columns > values.length) {
            values = Arrays.copyOf(values, Math.max(used + columns, 2 * values.length));
        }
        for (int i = 0; i < columns; i++) {
            if (i == label) {
                labels.add(cells.get(i).strip());
                continue;
            }
            double value = number(cells.get(i));
            if (!Double.isFinite(value)) {
                throw new DataException(file + ":" + line + ": column " + (i + 1) + " is '" + shortened(cells.get(i))
                        + "' but must be a finite number; fill or drop such rows first.");
            }
            values[used++] = value;
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /** Returns NaN if it is no number; "0x1p3" and "1f", which Java would read, are none. */
    private static double number(String cell) {
        String text = cell.strip();
        return text.length() < 64 && text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,4})?")
                ? Double.parseDouble(text)
                : Double.NaN;
    }

    private List<String> cells(String row, int line) throws DataException {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (c == '"' && quoted && i + 1 < row.length() && row.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            throw new DataException(
                    file + ":" + line + ": a quote is not closed; texts over several lines are not read.");
        }
        cells.add(cell.toString());
        return cells;
    }
}
