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

/**
 * A table in CSV (RFC 4180: commas, quotes around texts): one example per row, its label in one column or its targets in some,
 * numbers in the others. The first row holds the columns' names if one of its numbers is none.
 */
final class CsvTable {
    private static final int MOST_COLUMNS = 100_000;
    private static final int LONGEST_ROW = 4 << 20; // characters
    private static final int MOST_VALUES = 1 << 28; // 2 GB of doubles

    private final Path file;
    private final boolean labelled;
    private final List<String> labels = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>(); // of the labels
    private final Values targets = new Values();
    private final Values features = new Values();
    private int columns; // of the first row
    private List<String> names = List.of(); // of the columns of labels or targets
    private List<Integer> answers = List.of(); // positions of the columns of labels or targets, as they were named
    private boolean[] isAnswer = {}; // per column

    private CsvTable(Path file, boolean labelled) {
        this.file = file;
        this.labelled = labelled;
    }

    /** Numbers, row by row. */
    private static final class Values {
        private double[] array = new double[1024];
        private int used;

        void add(double value) {
            if (used == array.length) {
                array = Arrays.copyOf(array, 2 * used);
            }
            array[used++] = value;
        }

        double[] toArray() {
            return Arrays.copyOf(array, used);
        }
    }

    /**
     * Reads a table with a label per row.
     *
     * @param column name of the label's column, if any; the last one if there is none
     * @throws DataException if rows differ in length, a feature is no finite number, or there is nothing to read
     */
    static RawExamples labelled(Path file, List<String> column) throws IOException {
        return new CsvTable(file, true).read(column);
    }

    /**
     * Reads a table with targets in each row.
     *
     * @param targets names of their columns, in the order of a network's outputs; if there is none, the last column
     * @throws DataException if rows differ in length, a number is not finite, or there is nothing to read
     */
    static RawExamples withTargets(Path file, List<String> targets) throws IOException {
        return new CsvTable(file, false).read(targets);
    }

    private RawExamples read(List<String> wanted) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            readAll(in, wanted);
        } catch (CharacterCodingException e) {
            throw new DataException(file + ": is not UTF-8; save it in that encoding.", e);
        }
        RawAnswers found = labelled
                ? new RawAnswers.Texts(labels, i -> file + ":" + lines.get(i))
                : new RawAnswers.Numbers(targets.toArray(), names);
        ImageShape shape = new ImageShape(1, 1, columns - answers.size());
        return new RawExamples(shape, found, new byte[0], features.toArray());
    }

    private void readAll(BufferedReader in, List<String> wanted) throws IOException {
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
                if (!wanted.isEmpty() || isHeader(cells)) {
                    names = answers.stream().map(cells::get).toList();
                    continue;
                }
            }
            addRow(cells, line);
        }
        if (features.used == 0) {
            throw new DataException(file + ": holds no rows of examples.");
        }
    }

    private void begin(List<String> first, List<String> wanted) throws DataException {
        columns = first.size();
        answers = wanted.isEmpty()
                ? List.of(columns - 1)
                : wanted.stream().map(first::indexOf).toList();
        int missing = answers.indexOf(-1);
        if (missing >= 0) {
            throw new DataException(file + ": no column '" + wanted.get(missing)
                    + "'; the first row must name the columns: "
                    + String.join(", ", first.subList(0, Math.min(20, columns))) + ".");
        }
        if (columns <= answers.size() || columns > MOST_COLUMNS) {
            throw new DataException(file + ": " + columns + " columns; " + (labelled ? "a label" : "targets")
                    + " and at least one feature are needed, at most " + MOST_COLUMNS + " in all.");
        }
        isAnswer = new boolean[columns];
        answers.forEach(column -> isAnswer[column] = true);
        names = TargetColumn.names(answers.size());
    }

    private boolean isHeader(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (!(labelled && isAnswer[i]) && Double.isNaN(number(cells.get(i)))) {
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
        if (features.used > MOST_VALUES - columns) {
            throw new DataException(file + ": more than " + MOST_VALUES + " values; use arrays (NPY) for as many.");
        }
        for (int column : answers) {
            if (labelled) {
                labels.add(cells.get(column).strip());
                lines.add(line);
            } else {
                targets.add(finite(cells, column, line));
            }
        }
        for (int i = 0; i < columns; i++) {
            if (!isAnswer[i]) {
                features.add(finite(cells, i, line));
            }
        }
    }

    private double finite(List<String> cells, int column, int line) throws DataException {
        double value = number(cells.get(column));
        if (!Double.isFinite(value)) {
            throw new DataException(file + ":" + line + ": column " + (column + 1) + " is '"
                    + shortened(cells.get(column)) + "' but must be a finite number; fill or drop such rows first.");
        }
        return value;
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
