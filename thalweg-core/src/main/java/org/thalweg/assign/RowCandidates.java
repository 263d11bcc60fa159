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

    private final CheapestColumns cheapest;
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
        cheapest = new CheapestColumns(n, width, costs, v);
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
        if (count[row] < width) {
            cheapest.read(row);
        } else {
            cheapest.read(row, aboveCandidates(row));
        }
        bound[row] = cheapest.limit();
        count[row] = cheapest.count();
        for (int k = 0, to = row * width; k < count[row]; k++, to++) {
            columns[to] = cheapest.column(k);
            columnCosts[to] = costs[row * n + columns[to]];
        }
    }

    /** Returns a reduced cost that enough columns lie below: the present candidates. */
    private double aboveCandidates(int row) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = from(row); k < to(row); k++) {
            greatest = Math.max(greatest, columnCosts[k] - v[columns[k]]);
        }
        return Math.nextUp(greatest);
    }
}
