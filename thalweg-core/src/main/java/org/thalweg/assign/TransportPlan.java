package org.thalweg.assign;

import java.util.List;

/**
 * Which part of each row goes to which column, rows sharing a mass of 1 equally, and columns too.
 *
 * @param pieces by row and then by column; as links between rows and columns they form no cycle, so there are at most n + m − 1
 * @param cost Σ mass · cost of the pieces
 * @param dualityGap an upper bound on how far the cost can lie above the least possible one
 */
public record TransportPlan(List<Piece> pieces, double cost, double dualityGap) {
    /**
     * What goes from a row to a column.
     *
     * @param mass positive; a row's pieces sum to 1/n, a column's to 1/m
     */
    public record Piece(int row, int column, double mass) {}

    public TransportPlan {
        pieces = List.copyOf(pieces);
    }
}
