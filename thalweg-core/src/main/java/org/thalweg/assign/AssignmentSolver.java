package org.thalweg.assign;

import static org.thalweg.assign.Pairing.FREE;

import java.util.Arrays;

/**
 * Exact assignment by shortest augmenting paths with potentials.
 *
 * <p>Each column j has a potential v_j; a pair's reduced cost is C_ij − v_j. A pairing in which every row has the column of
 * its least reduced cost is optimal, whatever v is. Following Jonker and Volgenant 1987, v starts as the least cost of each
 * column; {@link Bidding free rows bid} for their cheapest columns (augmenting row reduction), which pairs most of them; and
 * each row that is left finds its {@link PathSearch cheapest alternating path} by Dijkstra's algorithm.
 *
 * <p>Two things are added, because reading rows of n costs from main memory is what takes the time:
 *
 * <ul>
 *   <li>{@link RowCandidates}: v only falls, so a row's few cheapest columns and a bound on the others serve for long.
 *   <li>If that stops working, because v is far from its final values and bounds are soon outdated, bidding starts over as an
 *       auction with increments ε that shrink (Bertsekas 1979). It ends with v near its final values; the pairing, right only
 *       to within ε, is dropped, and bidding without ε and path search begin again from that v.
 * </ul>
 *
 * The result is exact: v is a warm start, never an approximation of the answer. O(n³ log n) in the worst case, usually a few
 * readings of the matrix; about 400 bytes a row beside the costs. Ties are decided by
 * the order of indices, so equal costs give equal pairings everywhere. Single-threaded; safe to call from many threads.
 *
 * <p>Sources: R. Jonker, A. Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment problems",
 * Computing 38 (1987); D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE Transactions on Aerospace and
 * Electronic Systems 52 (2016), which SciPy follows: without the first two passes, every row starts with Dijkstra;
 * D. P. Bertsekas, "A distributed algorithm for the assignment problem", MIT 1979.
 */
public final class AssignmentSolver {
    /**
     * Readings of the whole matrix, row by row as needed, before an auction is worth its price: it takes some ten of them.
     * The first fills the candidates. Trained neurons and uniform costs end below this.
     */
    private static final int READINGS = 2;

    /** ε starts at range/16, by exponent; range is the greatest reduced cost. Measured: 32 and 128 are slower. */
    private static final int FIRST_INCREMENT = 4;

    /** ε falls by this factor: a power of two, as ε is, so that sums of whole numbers stay exact. */
    private static final double SHRINK = 0.25;

    /** ε stops at this part of range/n. At 1, path search has four times the work left on i·j costs. */
    private static final double LAST_INCREMENT = 0.25;

    private final int n;
    private final double[] costs;
    private final double[] v; // potentials of columns
    private final RowCandidates candidates;
    private final Pairing pairing;
    private final Bidding bidding;

    private AssignmentSolver(CostMatrix matrix) {
        n = matrix.size();
        costs = matrix.array();
        v = new double[n];
        candidates = new RowCandidates(matrix, v);
        pairing = new Pairing(n);
        bidding = new Bidding(n, v, candidates, pairing);
    }

    /**
     * Returns the pairing of least total cost, with its duality gap, which is 0 but for rounding.
     *
     * @param costs [n, n], not changed; n = 0 gives the empty pairing
     * @throws IllegalArgumentException if every pairing uses a forbidden pair
     */
    public static Assignment solve(CostMatrix costs) {
        AssignmentSolver solver = new AssignmentSolver(costs);
        solver.reduceColumns();
        solver.pairAll(new PathSearch(costs, solver.v, solver.candidates, solver.pairing));
        return Assignment.certified(costs, solver.pairing.columnOf, solver.v);
    }

    /** v_j = min_i C_ij, the highest v with no negative reduced cost; by rows, as the costs lie in memory. */
    private void reduceColumns() {
        Arrays.fill(v, Double.POSITIVE_INFINITY);
        for (int i = 0; i < n; i++) {
            lower(v, costs, i * n);
        }
        for (int j = 0; j < n; j++) {
            if (v[j] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("column " + j + " is forbidden to every row; no pairing exists.");
            }
        }
    }

    // a method of its own: an inner loop of a method that runs once is compiled less well
    private static void lower(double[] v, double[] costs, int from) {
        for (int j = 0; j < v.length; j++) {
            if (costs[from + j] < v[j]) {
                v[j] = costs[from + j];
            }
        }
    }

    /** Pairs all rows: at once where potentials start well, else from better ones. */
    private void pairAll(PathSearch search) {
        candidates.readAll();
        bidding.bid(0);
        if (!augmentAll(search, (long) READINGS * n)) {
            approach();
            bidding.bid(0);
            augmentAll(search, Long.MAX_VALUE);
        }
    }

    /** Pairs the rows left free; gives up and returns false once more than {@code readings} rows have been read in all. */
    private boolean augmentAll(PathSearch search, long readings) {
        for (int i = 0; i < n; i++) {
            if (pairing.columnOf[i] == FREE) {
                if (candidates.readings() > readings) {
                    return false;
                }
                search.augment(i);
            }
        }
        return true;
    }

    /** Brings v near its final values by an auction, and drops the pairing. */
    private void approach() {
        double range = range();
        double increment = Math.scalb(1.0, Math.getExponent(range) - FIRST_INCREMENT);
        for (; increment >= LAST_INCREMENT * range / n && increment < Double.POSITIVE_INFINITY; increment *= SHRINK) {
            pairing.clear();
            bidding.bid(increment);
        }
        pairing.clear();
    }

    /** Returns the greatest reduced cost of an allowed pair. */
    private double range() {
        double range = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0, at = i * n; j < n; j++) {
                double reduced = costs[at + j] - v[j];
                if (reduced > range && reduced < Double.POSITIVE_INFINITY) {
                    range = reduced;
                }
            }
        }
        return range;
    }
}
