package org.thalweg.assign;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pieces of a plan as links between rows and columns, kept free of cycles: at most n + m − 1.
 *
 * <p>A piece that would close a cycle is carried round it instead, up on every other link and down on those between, in the
 * direction that does not cost more, until a link is empty; rows and columns keep their masses. O(n + m) per piece.
 */
final class AcyclicPieces {
    private static final int UNSEEN = -1;

    private final CostMatrix costs;
    private final List<SortedMap<Integer, Integer>> links =
            new ArrayList<>(); // rows, then columns: amounts by neighbour

    /** What goes from a row to a column, in whole parts. */
    record Amount(int row, int column, int amount) {}

    AcyclicPieces(CostMatrix costs) {
        this.costs = costs;
        for (int node = 0; node < costs.rows() + costs.columns(); node++) {
            links.add(new TreeMap<>());
        }
    }

    /** Adds a piece between a row and a column that have none yet. */
    void add(int row, int column, int amount) {
        List<Integer> cycle = between(column + costs.rows(), row); // column, row, column, …, row
        if (cycle.isEmpty()) {
            set(row, column + costs.rows(), amount);
            return;
        }
        double change = costs.get(row, column); // of carrying one part round the cycle, up on the new link
        for (int k = 0; k + 1 < cycle.size(); k++) {
            change += sign(k) * cost(cycle.get(k), cycle.get(k + 1));
        }
        int up = change <= 0 ? 1 : -1;
        int carried = up > 0 ? Integer.MAX_VALUE : amount;
        for (int k = 0; k + 1 < cycle.size(); k++) {
            if (up * sign(k) < 0) {
                carried = Math.min(carried, amount(cycle.get(k), cycle.get(k + 1)));
            }
        }
        for (int k = 0; k + 1 < cycle.size(); k++) {
            int left = amount(cycle.get(k), cycle.get(k + 1)) + up * sign(k) * carried;
            set(cycle.get(k), cycle.get(k + 1), left);
        }
        set(row, column + costs.rows(), amount + up * carried);
    }

    /** Links of a cycle go down, up, down, …, where the new one goes up. */
    private static int sign(int place) {
        return place % 2 == 0 ? -1 : 1;
    }

    private double cost(int node, int other) {
        return costs.get(Math.min(node, other), Math.max(node, other) - costs.rows());
    }

    private int amount(int node, int other) {
        return links.get(node).getOrDefault(other, 0);
    }

    private void set(int node, int other, int amount) {
        if (amount == 0) {
            links.get(node).remove(other);
            links.get(other).remove(node);
        } else {
            links.get(node).put(other, amount);
            links.get(other).put(node, amount);
        }
    }

    /** Returns the nodes from one to another along links; none if they are not linked. */
    private List<Integer> between(int from, int to) {
        int[] previous = new int[links.size()];
        Arrays.fill(previous, UNSEEN);
        previous[from] = from;
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty() && previous[to] == UNSEEN) {
            int node = queue.remove();
            for (int next : links.get(node).keySet()) {
                if (previous[next] == UNSEEN) {
                    previous[next] = node;
                    queue.add(next);
                }
            }
        }
        if (previous[to] == UNSEEN) {
            return List.of();
        }
        List<Integer> nodes = new ArrayList<>(List.of(to));
        for (int node = to; node != from; node = previous[node]) {
            nodes.add(previous[node]);
        }
        Collections.reverse(nodes);
        return nodes;
    }

    /** Returns what is kept, by row and then by column. */
    List<Amount> amounts() {
        List<Amount> amounts = new ArrayList<>();
        for (int row = 0; row < costs.rows(); row++) {
            int from = row;
            links.get(row).forEach((node, amount) -> amounts.add(new Amount(from, node - costs.rows(), amount)));
        }
        return amounts;
    }
}
