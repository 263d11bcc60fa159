package org.thalweg.assign;

import static org.thalweg.assign.Pairing.FREE;

/**
 * Free rows take their cheapest columns and lower these columns' potentials, until nobody is free or nobody gains.
 *
 * <p>A row that takes its cheapest column j lowers v_j by what the second cheapest costs more: it still has its cheapest
 * column, and others want j less. Whoever had j is free again and bids later. This is augmenting row reduction (Jonker and
 * Volgenant 1987); with an increment ε on top it is an auction (Bertsekas 1979), where a tie is no halt and every row ends
 * within ε of its cheapest column.
 */
final class Bidding {
    /**
     * Bids per row, on average. Bidding for two equal columns, or with rounding, can go on for as good as ever, and whoever
     * is left is paired by path search: this bounds time only. A bid takes under a microsecond.
     */
    private static final int BIDS = 30;

    private final int n;
    private final double[] v;
    private final RowCandidates candidates;
    private final Pairing pairing;
    private final int[] waiting; // a ring; first come, first served, else two rows would fight out each column alone

    // a row's choice
    private int column;
    private double least;
    private double second; // at most what any other column costs

    Bidding(int n, double[] v, RowCandidates candidates, Pairing pairing) {
        this.n = n;
        this.v = v;
        this.candidates = candidates;
        this.pairing = pairing;
        waiting = new int[n];
    }

    /** Lets all free rows bid, and those that lose their columns. With no increment, each pair is its row's cheapest. */
    void bid(double increment) {
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (pairing.columnOf[i] == FREE) {
                waiting[count++] = i;
            }
        }
        int head = 0;
        int tail = count == n ? 0 : count;
        for (long bids = (long) BIDS * count; count > 0 && bids > 0; bids--) {
            int row = waiting[head];
            head = head + 1 == n ? 0 : head + 1;
            count--;
            int loser = bid(row, increment);
            if (loser != FREE) {
                waiting[tail] = loser;
                tail = tail + 1 == n ? 0 : tail + 1;
                count++;
            }
        }
    }

    /** Lets one row bid; returns the row that lost its column, or {@link Pairing#FREE} if there is none to wait. */
    private int bid(int row, double increment) {
        choose(row);
        boolean alone = second == Double.POSITIVE_INFINITY;
        double offer = (alone ? 0 : second - least) + increment;
        int loser = pairing.rowOf[column];
        if (loser != FREE && !(offer > 0)) {
            return FREE; // nothing to gain: left to path search
        }
        v[column] -= offer;
        pairing.match(row, column);
        if (loser != FREE) {
            pairing.columnOf[loser] = FREE;
        }
        return loser;
    }

    private void choose(int row) {
        chooseCandidate(row);
        double others = candidates.bound(row);
        if (least > others || (least == others && second > others)) { // another column may be as cheap
            candidates.read(row);
            chooseCandidate(row);
        }
        if (least == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("row " + row + " is forbidden every column; no pairing exists.");
        }
        second = Math.min(second, candidates.bound(row)); // an offer may be low, but not high
    }

    /** Chooses among the candidates; of equal ones, the first that is free. */
    private void chooseCandidate(int row) {
        int[] columns = candidates.columns();
        double[] costs = candidates.costs();
        int first = FREE;
        double lowest = Double.POSITIVE_INFINITY;
        double next = Double.POSITIVE_INFINITY;
        for (int k = candidates.from(row), to = candidates.to(row); k < to; k++) {
            int j = columns[k];
            double reduced = costs[k] - v[j];
            if (reduced < lowest) {
                next = lowest;
                lowest = reduced;
                first = j;
            } else {
                if (reduced == lowest && pairing.rowOf[first] != FREE && pairing.rowOf[j] == FREE) {
                    first = j;
                }
                next = reduced < next ? reduced : next;
            }
        }
        column = first;
        least = lowest;
        second = next;
    }
}
