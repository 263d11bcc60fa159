package org.thalweg.assign;

import static org.thalweg.assign.Pairing.FREE;

import java.util.Arrays;

/**
 * Pairs one more row: Dijkstra's search for the cheapest alternating path from it to a free column, over reduced costs.
 *
 * <p>Rows are read lazily. When the search reaches a row it looks at the row's candidates only, and queues the row itself at
 * the least distance that its other columns can have; most searches end before that comes up. No more is queued than lies
 * nearer than the nearest free column known, and free columns are never queued.
 */
final class PathSearch {
    private final int n;
    private final double[] costs;
    private final double[] v;
    private final RowCandidates candidates;
    private final Pairing pairing;

    private final IndexQueue queue; // columns to settle: 0 … n−1; rows to read in full: n … 2n−1
    private final double[] distance; // by column, of the cheapest path found so far
    private final int[] before; // by column, row that the path comes from
    private final double[] offset; // by row: distance of column j through it is C_ij − v_j + offset
    private final int[] settled;
    private final int[] touched; // columns whose distance is set
    private int settledCount;
    private int touchedCount;
    private int nearest; // free column
    private double nearestDistance;

    PathSearch(CostMatrix matrix, double[] v, RowCandidates candidates, Pairing pairing) {
        this.v = v;
        this.candidates = candidates;
        this.pairing = pairing;
        n = matrix.size();
        costs = matrix.array();
        queue = new IndexQueue(2 * n, n);
        distance = new double[n];
        before = new int[n];
        offset = new double[n];
        settled = new int[n];
        touched = new int[n];
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
    }

    /** Pairs a free row, and lowers potentials so that every pair is still its row's cheapest. */
    void augment(int row) {
        nearest = FREE;
        nearestDistance = Double.POSITIVE_INFINITY;
        reach(row, 0, Double.NEGATIVE_INFINITY);
        while (!queue.isEmpty() && queue.leastKey() < nearestDistance) {
            double least = queue.leastKey();
            int next = queue.take();
            if (next < n) {
                settle(next, least);
            } else {
                readFully(next - n, least);
            }
        }
        if (nearest == FREE) {
            throw new IllegalArgumentException(
                    "row " + row + " cannot be paired without a forbidden pair; no pairing exists.");
        }
        for (int k = 0; k < settledCount; k++) {
            v[settled[k]] += distance[settled[k]] - nearestDistance;
        }
        flip(row);
        reset();
    }

    private void settle(int column, double least) {
        settled[settledCount++] = column;
        int row = pairing.rowOf[column];
        reach(row, least - (costs[row * n + column] - v[column]), least);
    }

    /** Looks at a row's candidates; {@code least} keeps rounding from making a distance shorter than those settled. */
    private void reach(int row, double through, double least) {
        int[] columns = candidates.columns();
        double[] columnCosts = candidates.costs();
        for (int k = candidates.from(row), to = candidates.to(row); k < to; k++) {
            int j = columns[k];
            double found = columnCosts[k] - v[j] + through;
            if (found < distance[j] && found < nearestDistance) {
                shorten(j, Math.max(found, least), row);
            }
        }
        double others = candidates.bound(row) + through;
        if (others < nearestDistance) {
            offset[row] = through;
            queue.offer(n + row, Math.max(others, least));
        }
    }

    private void readFully(int row, double least) {
        candidates.read(row);
        for (int j = 0, at = row * n; j < n; j++, at++) {
            double found = costs[at] - v[j] + offset[row];
            if (found < distance[j] && found < nearestDistance) {
                shorten(j, Math.max(found, least), row);
            }
        }
    }

    private void shorten(int column, double found, int row) {
        if (found >= distance[column]) {
            return; // shorter by rounding only: settled
        }
        if (distance[column] == Double.POSITIVE_INFINITY) {
            touched[touchedCount++] = column;
        }
        distance[column] = found;
        before[column] = row;
        if (pairing.rowOf[column] == FREE) {
            nearest = column;
            nearestDistance = found;
        } else {
            queue.offer(column, found);
        }
    }

    private void flip(int start) {
        int column = nearest;
        int row;
        do {
            row = before[column];
            int previous = pairing.columnOf[row];
            pairing.match(row, column);
            column = previous;
        } while (row != start);
    }

    private void reset() {
        for (int k = 0; k < touchedCount; k++) {
            distance[touched[k]] = Double.POSITIVE_INFINITY;
        }
        touchedCount = 0;
        settledCount = 0;
        queue.clear();
    }
}
