package org.thalweg.assign;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Several transports from the same rows as one: each of its pieces goes from a row to one column of every plan.
 *
 * <p>A row lays its pieces of each plan side by side, in the order of their columns, and is cut wherever one of any plan ends (the
 * gluing lemma for measures that share a marginal; C. Villani, "Optimal Transport", 2009, chapter 1). From n rows to m_1, m_2, …
 * columns there are at most n + Σ (m_k − 1) pieces, for one plan its own. Cost: their number times that of the plans.
 *
 * @param pieces by row
 */
public record GluedPlan(List<Piece> pieces) {
    /**
     * What goes from a row to a column of each plan.
     *
     * @param columns one of each plan
     * @param mass positive; the pieces of one of n rows sum to 1/n, those of one of m_k columns of plan k to 1/m_k
     */
    public record Piece(int row, List<Integer> columns, double mass) {
        public Piece {
            columns = List.copyOf(columns);
        }

        private static Piece of(TransportPlan.Piece piece) {
            return new Piece(piece.row(), List.of(piece.column()), piece.mass());
        }

        private Piece cut(int column, double mass) {
            return new Piece(
                    row, Stream.concat(columns.stream(), Stream.of(column)).toList(), mass);
        }
    }

    /**
     * The part of a row up to which two cuts are the same but for rounding: others lie at least 1/(m m') of the row apart, 5e-10
     * for the most units that can be matched.
     */
    private static final double SAME_CUT = 1e-12;

    public GluedPlan {
        pieces = List.copyOf(pieces);
    }

    /**
     * Glues plans.
     *
     * @param plans at least one, all of the same rows
     * @throws IllegalArgumentException if there is none
     */
    public static GluedPlan of(List<TransportPlan> plans) {
        if (plans.isEmpty()) {
            throw new IllegalArgumentException("there are no plans to glue; name at least one.");
        }
        List<Piece> pieces = plans.get(0).pieces().stream().map(Piece::of).toList();
        for (TransportPlan plan : plans.subList(1, plans.size())) {
            pieces = glued(pieces, plan.pieces());
        }
        return new GluedPlan(pieces);
    }

    /** Returns the row that each piece comes from. */
    public int[] rows() {
        return pieces.stream().mapToInt(Piece::row).toArray();
    }

    /** Returns the column of the plan with this index, from 0, that each piece goes to. */
    public int[] columns(int plan) {
        return pieces.stream().mapToInt(piece -> piece.columns().get(plan)).toArray();
    }

    /** Returns the mass of each piece. */
    public double[] masses() {
        return pieces.stream().mapToDouble(Piece::mass).toArray();
    }

    /** Both lists go through the rows in order, and a row has the same mass in both, so their ends meet wherever a row ends. */
    private static List<Piece> glued(List<Piece> pieces, List<TransportPlan.Piece> others) {
        List<Piece> glued = new ArrayList<>();
        double rounding = SAME_CUT / (1 + others.get(others.size() - 1).row());
        int other = -1;
        double room = 0; // what is left of the other piece
        for (Piece piece : pieces) {
            double left = piece.mass();
            while (left > rounding) {
                if (room <= rounding) {
                    other++;
                    room = others.get(other).mass();
                }
                double mass = Math.min(left, room);
                glued.add(piece.cut(others.get(other).column(), mass));
                left -= mass;
                room -= mass;
            }
        }
        return glued;
    }
}
