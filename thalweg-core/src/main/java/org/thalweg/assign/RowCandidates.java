package org.thalweg.assign;

/**
 * The few cheapest columns of each row, and a bound on all the others.
 *
 * <p>A pair's reduced cost is C_ij − v_j. The solver only ever lowers potentials v, so reduced costs only rise (in floating
 * point too: rounding is monotone), and a bound that held when a row was read holds for ever. While the answer lies below
 * the bound, a row of n costs in main memory need not be read again: {@link #LARGEST} of them, stored side by side, do.
 */
final class RowCandidates {
    /** Candidates per row: 12 bytes each. At n = 2000, 16 take half longer on i·j costs, 32 a third longer on mixtures. */
    static final int LARGEST = 24;

    private final int n;
    private final int width;
    private final double[] costs;
    private final double[] v;

    private final int[] count; // by row
    private final double[] bound; // by row: the reduced costs of columns that are no candidates are at least this
    private final int[] columns; // [n, width]
    private final double[] columnCosts; // [n, width]

    // a row being read
    private final int[] keptColumns;
    private final double[] kept; // reduced costs
    private double limit; // columns that were dropped cost at least this
    private int size;

    private long readings;

    RowCandidates(CostMatrix matrix, double[] v) {
        this.v = v;
        n = matrix.size();
        costs = matrix.array();
        width = Math.min(n, LARGEST);
        count = new int[n];
        bound = new double[n];
        columns = new int[n * width];
        columnCosts = new double[n * width];
        keptColumns = new int[2 * width];
        kept = new double[2 * width];
    }

    /** Position of the row's first candidate in {@link #columns()} and {@link #costs()}. */
    int from(int row) {
        return row * width;
    }

    /** Position after the row's last candidate. */
    int to(int row) {
        return row * width + count[row];
    }

    int[] columns() {
        return columns;
    }

    double[] costs() {
        return columnCosts;
    }

    /** Returns what the reduced cost of any other column is at least: +infinity if every allowed column is a candidate. */
    double bound(int row) {
        return bound[row];
    }

    /** Returns how often a row was read. */
    long readings() {
        return readings;
    }

    void readAll() {
        for (int i = 0; i < n; i++) {
            read(i);
        }
    }

    /**
     * Reads a whole row and keeps its cheapest columns under the present potentials. O(n).
     *
     * <p>Begins at the diagonal, so that rows full of equal costs keep different columns and do not all want the first ones.
     */
    void read(int row) {
        readings++;
        size = 0;
        limit = aboveCandidates(row);
        keepCheapest(row * n, row, n);
        if (limit > 0) {
            keepCheapest(row * n, 0, row);
        }
        if (size > width) {
            moveCheapestToFront();
        }
        bound[row] = limit;
        count[row] = size;
        for (int k = 0, to = row * width; k < size; k++, to++) {
            columns[to] = keptColumns[k];
            columnCosts[to] = costs[row * n + keptColumns[k]];
        }
    }

    /** Returns a cost that enough columns lie below: the present candidates. */
    private double aboveCandidates(int row) {
        if (count[row] < width) {
            return Double.POSITIVE_INFINITY;
        }
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = from(row); k < to(row); k++) {
            greatest = Math.max(greatest, columnCosts[k] - v[columns[k]]);
        }
        return Math.nextUp(greatest);
    }

    /** Keeps cheap columns of [from, to) of the row whose costs begin at {@code at}. */
    private void keepCheapest(int at, int from, int to) {
        double below = limit;
        for (int j = from; j < to; j++) {
            double reduced = costs[at + j] - v[j];
            if (reduced < below) {
                kept[size] = reduced;
                keptColumns[size++] = j;
                if (size == kept.length) {
                    moveCheapestToFront();
                    below = limit;
                    if (below == 0) {
                        return; // no reduced cost is negative
                    }
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
        double reduced = kept[a];
        kept[a] = kept[b];
        kept[b] = reduced;
        int column = keptColumns[a];
        keptColumns[a] = keptColumns[b];
        keptColumns[b] = column;
    }
}
