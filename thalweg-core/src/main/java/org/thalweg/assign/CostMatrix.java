package org.thalweg.assign;

/** The costs of pairing each of n rows with each of m columns. Positive infinity forbids a pair. Immutable. */
public final class CostMatrix {
    private static final int LARGEST = 46_340; // its square is the longest array

    private final int rows;
    private final int columns;
    private final double[] costs; // [n, m] row-major

    private CostMatrix(int rows, int columns, double[] costs) {
        this.rows = rows;
        this.columns = columns;
        this.costs = costs;
    }

    /**
     * Returns the square matrix over {@code costs}; as {@link #owning(int, int, double[])}.
     *
     * @param size n = m, at most 46,340
     */
    public static CostMatrix owning(int size, double[] costs) {
        return owning(size, size, costs);
    }

    /**
     * Returns the matrix over {@code costs}, which it owns from now on: the caller must not write to them again.
     *
     * @param rows n, at most 46,340
     * @param columns m, at most 46,340
     * @param costs [n, m], row-major
     * @throws IllegalArgumentException if the length is not n·m, or a cost is NaN or −infinity
     */
    public static CostMatrix owning(int rows, int columns, double[] costs) {
        if (rows < 0 || columns < 0 || rows > LARGEST || columns > LARGEST || costs.length != rows * columns) {
            throw new IllegalArgumentException(costs.length + " costs do not make " + rows + " rows of " + columns
                    + " (at most " + LARGEST + " of either).");
        }
        for (int i = 0; i < costs.length; i++) {
            if (!(costs[i] > Double.NEGATIVE_INFINITY)) {
                throw new IllegalArgumentException("the cost of row " + i / columns + " and column " + i % columns
                        + " is " + costs[i] + " but must be a number or +infinity.");
            }
        }
        return new CostMatrix(rows, columns, costs);
    }

    /** Returns n, the number of rows. */
    public int rows() {
        return rows;
    }

    /** Returns m, the number of columns. */
    public int columns() {
        return columns;
    }

    /**
     * Returns n of a square matrix.
     *
     * @throws IllegalArgumentException if there are not as many columns as rows
     */
    public int size() {
        if (rows != columns) {
            throw new IllegalArgumentException("a matrix of " + rows + " rows and " + columns
                    + " columns has no pairing of all rows with all columns.");
        }
        return rows;
    }

    /** Returns the cost of a pair. */
    public double get(int row, int column) {
        return costs[row * columns + column];
    }

    /** Returns the array itself, for the solver: nobody writes to it. */
    double[] array() {
        return costs;
    }
}
