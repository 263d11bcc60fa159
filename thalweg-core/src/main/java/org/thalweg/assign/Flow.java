package org.thalweg.assign;

import java.util.Arrays;

/** How much goes from rows to columns, kept by column, where there is any. */
final class Flow {
    private static final int FEW = 4;

    private final int[][] rows; // by column, in no order
    private final int[][] amounts;
    private final int[] counts;

    Flow(int columns) {
        rows = new int[columns][FEW];
        amounts = new int[columns][FEW];
        counts = new int[columns];
    }

    /** Returns how many rows send to a column. */
    int count(int column) {
        return counts[column];
    }

    /** Returns one of these rows. */
    int row(int column, int place) {
        return rows[column][place];
    }

    int amount(int row, int column) {
        int place = place(row, column);
        return place == counts[column] ? 0 : amounts[column][place];
    }

    /** Adds to what goes from a row to a column; a negative amount takes away. */
    void add(int row, int column, int amount) {
        int place = place(row, column);
        if (place == counts[column]) {
            append(row, column);
        }
        amounts[column][place] += amount;
        if (amounts[column][place] == 0) {
            int last = --counts[column];
            rows[column][place] = rows[column][last];
            amounts[column][place] = amounts[column][last];
        }
    }

    private void append(int row, int column) {
        int count = counts[column]++;
        if (count == rows[column].length) {
            rows[column] = Arrays.copyOf(rows[column], 2 * count);
            amounts[column] = Arrays.copyOf(amounts[column], 2 * count);
        }
        rows[column][count] = row;
        amounts[column][count] = 0;
    }

    /** Returns where a row stands, or the count if it does not. */
    private int place(int row, int column) {
        int place = 0;
        while (place < counts[column] && rows[column][place] != row) {
            place++;
        }
        return place;
    }
}
