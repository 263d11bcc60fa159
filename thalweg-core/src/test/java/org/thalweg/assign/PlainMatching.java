package org.thalweg.assign;

import java.util.Arrays;

/** Two slow ways to the least cost, written apart from the solver: nothing here is shared with it. */
final class PlainMatching {
    private PlainMatching() {}

    /** Returns the least cost over all n! pairings, +infinity if all are forbidden. */
    static double byEnumeration(CostMatrix costs) {
        return cheapest(costs, 0, new boolean[costs.size()]);
    }

    private static double cheapest(CostMatrix costs, int row, boolean[] taken) {
        if (row == costs.size()) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < costs.size(); j++) {
            if (!taken[j] && costs.get(row, j) < Double.POSITIVE_INFINITY) {
                taken[j] = true;
                least = Math.min(least, costs.get(row, j) + cheapest(costs, row + 1, taken));
                taken[j] = false;
            }
        }
        return least;
    }

    /**
     * Returns the least cost by successive shortest paths in the residual graph, without potentials: Bellman and Ford's
     * relaxation until nothing changes, from all free rows at once. Forbidden pairs are no edges. Assumes a pairing exists.
     *
     * <p>Rounding must not look like a negative cycle: an improvement counts only above {@code slack}.
     */
    static double byBellmanFord(CostMatrix costs, double slack) {
        int n = costs.size();
        int[] columnOf = new int[n];
        int[] rowOf = new int[n];
        Arrays.fill(columnOf, -1);
        Arrays.fill(rowOf, -1);
        for (int matched = 0; matched < n; matched++) {
            augment(costs, columnOf, rowOf, slack);
        }
        double cost = 0;
        for (int i = 0; i < n; i++) {
            cost += costs.get(i, columnOf[i]);
        }
        return cost;
    }

    private static void augment(CostMatrix costs, int[] columnOf, int[] rowOf, double slack) {
        int n = costs.size();
        double[] toRow = new double[n];
        double[] toColumn = new double[n];
        int[] rowBefore = new int[n];
        for (int i = 0; i < n; i++) {
            toRow[i] = columnOf[i] < 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        Arrays.fill(toColumn, Double.POSITIVE_INFINITY);
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (columnOf[i] != j && toRow[i] + costs.get(i, j) < toColumn[j] - slack) {
                        toColumn[j] = toRow[i] + costs.get(i, j);
                        rowBefore[j] = i;
                        changed = true;
                        if (rowOf[j] >= 0) {
                            toRow[rowOf[j]] = toColumn[j] - costs.get(rowOf[j], j); // the matched pair, backwards
                        }
                    }
                }
            }
        }
        int end = -1;
        for (int j = 0; j < n; j++) {
            if (rowOf[j] < 0 && (end < 0 || toColumn[j] < toColumn[end])) {
                end = j;
            }
        }
        while (end >= 0) {
            int row = rowBefore[end];
            int previous = columnOf[row];
            columnOf[row] = end;
            rowOf[end] = row;
            end = previous;
        }
    }
}
