package org.thalweg.assign;

import java.util.Arrays;

/**
 * Reads rows of reduced costs C_ij − v_j, which are never negative, and keeps the columns of the least ones. O(n) a row.
 *
 * <p>A column is kept if it lies below a limit, and of too many kept ones the cheapest stay and lower it. Beginning without a
 * limit, some 170 of 2000 random columns would be kept on the way to 24, at a mispredicted branch each; so the limit begins
 * at a low rank of a sample, which leaves some 70.
 */
final class CheapestColumns {
    /** Columns that are subtracted at once, and the sample that the limit begins at. */
    private static final int CHUNK = 256;

    /**
     * The limit begins where so many times the columns that are wanted are expected below. At 1.5 a seventh of random rows
     * keeps too few, and mixtures take an eighth longer.
     */
    private static final double ENOUGH = 2.5;

    private final int n;
    private final int width;
    private final double[] costs;
    private final double[] v;

    private final double[] reduced = new double[CHUNK];
    private final double[] least; // of the sample, ascending
    private final int[] columns;
    private final double[] kept; // their reduced costs
    private double limit; // columns that were dropped cost at least this
    private int size;

    /**
     * Reads rows of {@code costs}.
     *
     * @param width how many columns to keep
     * @param costs [n, n]
     * @param v potentials, as they are when a row is read
     */
    CheapestColumns(int n, int width, double[] costs, double[] v) {
        this.n = n;
        this.width = width;
        this.costs = costs;
        this.v = v;
        least = new double[1 + (int) (ENOUGH * width * CHUNK / Math.max(1, n))];
        columns = new int[3 * width];
        kept = new double[3 * width];
    }

    /** Reads a row that nothing is known of. */
    void read(int row) {
        boolean sampled = n >= 2 * CHUNK;
        read(row, sampled ? sample(row) : Double.POSITIVE_INFINITY);
        if (sampled && size < width / 2 && limit > 0) { // the sample was not like the row
            read(row, Double.POSITIVE_INFINITY);
        }
    }

    /**
     * Reads a row of which columns at or above a limit are of no interest.
     *
     * <p>Begins at the diagonal, so that rows full of equal costs keep different columns and do not all want the first ones.
     */
    void read(int row, double below) {
        size = 0;
        limit = below;
        keepCheapest(row * n, row, n);
        keepCheapest(row * n, 0, row);
        if (size > width) {
            moveCheapestToFront();
        }
    }

    /** Returns how many columns were kept; those that were not have reduced costs of at least {@link #limit()}. */
    int count() {
        return size;
    }

    int column(int index) {
        return columns[index];
    }

    double limit() {
        return limit;
    }

    /** Returns a limit that about {@link #ENOUGH} times the wanted columns lie below, judged by a chunk at the diagonal. */
    private double sample(int row) {
        int from = Math.min(row, n - CHUNK);
        subtract(reduced, costs, row * n + from, v, from, CHUNK);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (double value : reduced) {
            if (value < least[least.length - 1]) {
                insert(value);
            }
        }
        return Math.nextUp(least[least.length - 1]);
    }

    private void insert(double value) {
        int at = least.length - 1;
        for (; at > 0 && least[at - 1] > value; at--) {
            least[at] = least[at - 1];
        }
        least[at] = value;
    }

    /** Keeps cheap columns of [from, to) of the row whose costs begin at {@code at}. */
    private void keepCheapest(int at, int from, int to) {
        for (int first = from; first < to && limit > 0; first += CHUNK) {
            int count = Math.min(CHUNK, to - first);
            subtract(reduced, costs, at + first, v, first, count);
            keepOfChunk(first, count);
        }
    }

    // a method of its own, without branches: the compiler makes vector instructions of it
    private static void subtract(double[] out, double[] costs, int at, double[] v, int from, int count) {
        for (int k = 0; k < count; k++) {
            out[k] = costs[at + k] - v[from + k];
        }
    }

    private void keepOfChunk(int first, int count) {
        double below = limit;
        for (int k = 0; k < count; k++) {
            if (reduced[k] < below) {
                kept[size] = reduced[k];
                columns[size++] = first + k;
                if (size == width && below == Double.MIN_VALUE) {
                    limit = 0; // zeros only: no column is cheaper
                    return;
                }
                if (size == kept.length) {
                    moveCheapestToFront();
                    below = limit;
                }
            }
        }
    }

    /** Quickselect: brings the {@code width} least to the front and drops the others, which cost at least the limit then. */
    private void moveCheapestToFront() {
        int low = 0;
        int high = size - 1;
        int last = width - 1;
        while (low < high) {
            double pivot = kept[(low + high) >>> 1];
            int left = low;
            int right = high;
            while (left <= right) {
                while (kept[left] < pivot) {
                    left++;
                }
                while (kept[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    swap(left++, right--);
                }
            }
            if (last <= right) {
                high = right;
            } else if (last >= left) {
                low = left;
            } else {
                break;
            }
        }
        limit = kept[last];
        size = width;
    }

    private void swap(int a, int b) {
        double value = kept[a];
        kept[a] = kept[b];
        kept[b] = value;
        int column = columns[a];
        columns[a] = columns[b];
        columns[b] = column;
    }
}
