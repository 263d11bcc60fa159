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

    /** Returns min_j (C_j − v_j). Four minima at once: each comparison waits for the one before it. */
    private static double leastReduced(double[] costs, int from, double[] v) {
        double first = Double.POSITIVE_INFINITY;
        double second = first;
        double third = first;
        double fourth = first;
        int j = 0;
        for (; j + 3 < v.length; j += 4) {
            double a = costs[from + j] - v[j];
            double b = costs[from + j + 1] - v[j + 1];
            double c = costs[from + j + 2] - v[j + 2];
            double d = costs[from + j + 3] - v[j + 3];
            first = a < first ? a : first;
            second = b < second ? b : second;
            third = c < third ? c : third;
            fourth = d < fourth ? d : fourth;
        }
        for (; j < v.length; j++) {
            first = Math.min(first, costs[from + j] - v[j]);
        }
        return Math.min(Math.min(first, second), Math.min(third, fourth));
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
