package org.thalweg.assign;

import java.util.Arrays;

/** Which row has which column so far. */
final class Pairing {
    static final int FREE = -1;

    final int[] columnOf; // by row
    final int[] rowOf; // by column

    Pairing(int size) {
        columnOf = new int[size];
        rowOf = new int[size];
        clear();
    }

    void match(int row, int column) {
        columnOf[row] = column;
        rowOf[column] = row;
    }

    void clear() {
        Arrays.fill(columnOf, FREE);
        Arrays.fill(rowOf, FREE);
    }
}
