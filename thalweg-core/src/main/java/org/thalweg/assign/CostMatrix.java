package org.thalweg.assign;

/** The costs of pairing each of n rows with each of n columns. Positive infinity forbids a pair. Immutable. */
public final class CostMatrix {
    private static final int LARGEST = 46_340; // its square is the longest array

    private final int size;
    private final double[] costs; // [n, n] row-major

    private CostMatrix(int size, double[] costs) {
        this.size = size;
        this.costs = costs;
    }

    /**
     * Returns the matrix over {@code costs}, which it owns from now on: the caller must not write to them again.
     *
     * @param size n, at most 46,340
     * @param costs [n, n], row-major
     * @throws IllegalArgumentException if the length is not n², or a cost is NaN or −infinity
     */
    public static CostMatrix owning(int size, double[] costs) {
        if (size < 0 || size > LARGEST || costs.length != size * size) {
            throw new IllegalArgumentException(
                    costs.length + " costs do not make a square of " + size + " rows (at most " + LARGEST + ").");
        }
        for (int i = 0; i < costs.length; i++) {
            if (!(costs[i] > Double.NEGATIVE_INFINITY)) {
                throw new IllegalArgumentException("the cost of row " + i / size + " and column " + i % size + " is "
                        + costs[i] + " but must be a number or +infinity.");
            }
        }
        return new CostMatrix(size, costs);
    }

    /** Returns n. */
    public int size() {
        return size;
    }

    /** Returns the cost of a pair. */
    public double get(int row, int column) {
        return costs[row * size + column];
    }

    /** Returns the array itself, for the solver: nobody writes to it. */
    double[] array() {
        return costs;
    }
}
