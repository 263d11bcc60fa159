package org.thalweg.assign;

import java.util.Arrays;

/**
 * Shortest augmenting paths with potentials, after Jonker & Volgenant, "A shortest augmenting path algorithm for dense and
 * sparse linear assignment problems", Computing 38 (1987).
 *
 * <p>Each column j has a potential v_j; a pair's reduced cost is C_ij − v_j. Three cheap passes first match most rows:
 * <i>column reduction</i> gives each column to its cheapest row, <i>reduction transfer</i> lowers the potential of a matched
 * column to just below its row's second choice, and <i>augmenting row reduction</i> lets free rows bid for their cheapest
 * column, twice. Each row that is still free then finds its cheapest alternating path to a free column by Dijkstra's
 * algorithm over reduced costs, and potentials are updated so that every matched pair stays its row's minimum.
 *
 * <p>O(n³) in the worst case, O(n²) memory for the costs and O(n) besides; equal costs are decided by index, so results are
 * the same everywhere. (Crouse 2016 starts every row with Dijkstra; the three passes are what saves most of that.)
 */
public final class AssignmentSolver {
    private static final int FREE = -1;

    /**
     * Bids per free row and pass. In exact arithmetic bidding ends by itself; with rounding, prices can creep by one unit in
     * the last place for ever. Whoever is left is matched by Dijkstra, so the bound costs time only.
     */
    private static final int BIDS = 8;

    private final int n;
    private final double[] costs;
    private final double[] v; // potentials of columns
    private final int[] columnOf; // by row
    private final int[] rowOf; // by column
    private final int[] free; // rows without a column
    private int freeCount;

    // Dijkstra's state for one free row
    private final double[] distance; // by column, of the cheapest path found so far
    private final int[] before; // by column, row that the path comes from
    private final int[] columns; // done | at the least distance | open

    private AssignmentSolver(CostMatrix matrix) {
        n = matrix.size();
        costs = matrix.array();
        v = new double[n];
        columnOf = new int[n];
        rowOf = new int[n];
        free = new int[n];
        distance = new double[n];
        before = new int[n];
        columns = new int[n];
        Arrays.fill(columnOf, FREE);
        Arrays.fill(rowOf, FREE);
    }

    /**
     * Returns the pairing of least total cost, with its duality gap.
     *
     * @throws IllegalArgumentException if every pairing uses a forbidden pair
     */
    public static Assignment solve(CostMatrix costs) {
        AssignmentSolver solver = new AssignmentSolver(costs);
        solver.reduceColumns();
        solver.bid();
        solver.bid();
        for (int i = 0; i < solver.freeCount; i++) {
            solver.augment(solver.free[i]);
        }
        return Assignment.certified(costs, solver.columnOf, solver.v);
    }

    /** Column reduction and reduction transfer. */
    private void reduceColumns() {
        int[] cheapest = new int[n];
        Arrays.fill(v, Double.POSITIVE_INFINITY);
        for (int i = 0; i < n; i++) { // by rows, as the costs lie in memory
            for (int j = 0, at = i * n; j < n; j++, at++) {
                if (costs[at] < v[j]) {
                    v[j] = costs[at];
                    cheapest[j] = i;
                }
            }
        }
        int[] wins = new int[n];
        for (int j = 0; j < n; j++) {
            if (v[j] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("column " + j + " is forbidden to every row; no pairing exists.");
            }
            int row = cheapest[j];
            if (wins[row]++ == 0) {
                match(row, j);
            }
        }
        for (int i = 0; i < n; i++) {
            if (wins[i] == 0) {
                free[freeCount++] = i;
            } else if (wins[i] == 1) {
                transfer(i);
            }
        }
    }

    private void match(int row, int column) {
        columnOf[row] = column;
        rowOf[column] = row;
    }

    private void transfer(int row) {
        int own = columnOf[row];
        double second = Double.POSITIVE_INFINITY;
        for (int j = 0, at = row * n; j < n; j++, at++) {
            if (j != own) {
                second = Math.min(second, costs[at] - v[j]);
            }
        }
        if (second < Double.POSITIVE_INFINITY) {
            v[own] -= second - (costs[row * n + own] - v[own]);
        }
    }

    /** Augmenting row reduction: each free row takes its cheapest column at the price of its second choice. */
    private void bid() {
        int waiting = freeCount;
        long bids = (long) BIDS * waiting;
        freeCount = 0;
        int next = 0;
        while (next < waiting) {
            int row = free[next++];
            if (bids-- <= 0) {
                free[freeCount++] = row;
                continue;
            }
            int displaced = bid(row);
            if (displaced >= 0) {
                free[--next] = displaced; // bids at once, while its neighbourhood is in cache
            } else if (displaced < FREE) {
                free[freeCount++] = -2 - displaced;
            }
        }
    }

    /**
     * Lets one row bid. Returns the row that lost its column and should bid next, {@link #FREE} if nobody is left, or
     * −2 − row for a row to leave to Dijkstra, where a tie lets bidding make no progress.
     */
    private int bid(int row) {
        double least = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        int first = FREE;
        int other = FREE;
        for (int j = 0, at = row * n; j < n; j++, at++) {
            double reduced = costs[at] - v[j];
            if (reduced < second) {
                if (reduced < least) {
                    second = least;
                    other = first;
                    least = reduced;
                    first = j;
                } else {
                    second = reduced;
                    other = j;
                }
            }
        }
        if (first == FREE) {
            throw new IllegalArgumentException("row " + row + " is forbidden every column; no pairing exists.");
        }
        boolean strict = least < second && second < Double.POSITIVE_INFINITY;
        int column = first;
        if (strict) {
            v[first] -= second - least;
        } else if (rowOf[first] != FREE && other != FREE && least == second) {
            column = other; // a tie: the second choice costs the same and may be free
        }
        int displaced = rowOf[column];
        if (displaced != FREE && !strict) {
            return -2 - row; // taking it would gain nothing
        }
        match(row, column);
        if (displaced != FREE) {
            columnOf[displaced] = FREE;
        }
        return displaced;
    }

    /** Matches one free row along its cheapest alternating path. */
    private void augment(int row) {
        for (int j = 0, at = row * n; j < n; j++, at++) {
            distance[j] = costs[at] - v[j];
            before[j] = row;
            columns[j] = j;
        }
        int done = 0; // columns[0..done) are scanned
        int level = 0; // columns[done..level) are at the least distance
        double least = 0;
        int end = FREE;
        int reached = 0; // columns scanned before the last level: their potentials change
        while (end == FREE) {
            if (done == level) {
                reached = done;
                level = takeLeast(done);
                least = distance[columns[done]];
                end = freeAmong(done, level);
                if (least == Double.POSITIVE_INFINITY) {
                    throw new IllegalArgumentException("row " + row + " cannot be paired; no pairing exists.");
                }
            }
            if (end == FREE) {
                int column = columns[done++];
                long found = relax(rowOf[column], column, least, level);
                end = (int) (found >> 32);
                level = (int) found;
            }
        }
        for (int k = 0; k < reached; k++) {
            v[columns[k]] += distance[columns[k]] - least;
        }
        flip(end, row);
    }

    /** Moves all open columns of least distance to positions from {@code from} on; returns the end of them. */
    private int takeLeast(int from) {
        int to = from;
        double least = Double.POSITIVE_INFINITY;
        for (int k = from; k < n; k++) {
            int j = columns[k];
            if (distance[j] <= least) {
                if (distance[j] < least) {
                    to = from;
                    least = distance[j];
                }
                columns[k] = columns[to];
                columns[to++] = j;
            }
        }
        return to;
    }

    private int freeAmong(int from, int to) {
        for (int k = from; k < to; k++) {
            if (rowOf[columns[k]] == FREE) {
                return columns[k];
            }
        }
        return FREE;
    }

    /**
     * Shortens the open columns' distances by the way through {@code row}, matched to {@code column}. Columns that come to the
     * least distance join the level. Returns a free one of them, or FREE, in the upper half, and the level's new end in the
     * lower half.
     */
    private long relax(int row, int column, double least, int level) {
        int from = row * n;
        double offset = least - (costs[from + column] - v[column]);
        int end = level;
        for (int k = level; k < n; k++) {
            int j = columns[k];
            double through = costs[from + j] - v[j] + offset;
            if (through < distance[j]) {
                distance[j] = through;
                before[j] = row;
                if (through <= least) {
                    if (rowOf[j] == FREE) {
                        return (long) j << 32 | end;
                    }
                    columns[k] = columns[end];
                    columns[end++] = j;
                }
            }
        }
        return (long) FREE << 32 | end;
    }

    private void flip(int end, int start) {
        int column = end;
        int row;
        do {
            row = before[column];
            int previous = columnOf[row];
            match(row, column);
            column = previous;
        } while (row != start);
    }
}
