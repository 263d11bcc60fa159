package org.thalweg.assign;

import org.thalweg.network.Permutation;

/**
 * A pairing of rows with columns and how good it is.
 *
 * @param permutation column of each row
 * @param cost sum of the pairs' costs
 * @param dualityGap an upper bound on how far the cost can lie above the least possible one
 */
public record Assignment(Permutation permutation, double cost, double dualityGap) {
    /**
     * Returns the assignment with the certificate of the potentials v: u_i = min_j (C_ij − v_j) makes u_i + v_j ≤ C_ij
     * everywhere, whatever v is, so Σu + Σv never exceeds the least possible cost. O(n²).
     */
    static Assignment certified(CostMatrix costs, int[] columns, double[] v) {
        int n = columns.length;
        double gap = 0; // summed pair by pair: cost − Σu − Σv would cancel
        for (int i = 0; i < n; i++) {
            double u = leastReduced(costs.array(), i * n, v);
            gap += costs.get(i, columns[i]) - v[columns[i]] - u;
        }
        return new Assignment(Permutation.of(columns), sum(costs, columns), gap);
    }

    /** Returns min_j (C_j − v_j). Two minima at once: each comparison waits for the one before it. */
    private static double leastReduced(double[] costs, int from, double[] v) {
        double even = Double.POSITIVE_INFINITY;
        double odd = Double.POSITIVE_INFINITY;
        int j = 0;
        for (; j + 1 < v.length; j += 2) {
            double a = costs[from + j] - v[j];
            double b = costs[from + j + 1] - v[j + 1];
            even = a < even ? a : even;
            odd = b < odd ? b : odd;
        }
        if (j < v.length) {
            even = Math.min(even, costs[from + j] - v[j]);
        }
        return Math.min(even, odd);
    }

    /** Sums the pairs' costs and what each addition rounds off (Neumaier 1974), so that the result is right to the last place. */
    private static double sum(CostMatrix costs, int[] columns) {
        double sum = 0;
        double lost = 0;
        for (int i = 0; i < columns.length; i++) {
            double cost = costs.get(i, columns[i]);
            double next = sum + cost;
            lost += Math.abs(sum) >= Math.abs(cost) ? (sum - next) + cost : (cost - next) + sum;
            sum = next;
        }
        return sum + lost;
    }
}
