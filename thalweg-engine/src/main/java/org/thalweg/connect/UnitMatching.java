package org.thalweg.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.assign.Assignment;
import org.thalweg.assign.AssignmentSolver;
import org.thalweg.assign.CostMatrix;
import org.thalweg.network.Architecture;
import org.thalweg.network.Permutation;
import org.thalweg.network.Weights;

/**
 * Matches the units of all hidden layers of one network to those of another.
 *
 * <p>With one hidden layer the exact assignment of {@link OtConnector}. With more, coordinate descent (Ainsworth et al. 2022,
 * Git Re-Basin): layer by layer from the input, each matched exactly while the others stay, until none moves; a local
 * minimum of the sum of squared distances. Layers whose units a group norm ties stay as they are. Cost: one assignment per
 * layer and sweep.
 */
final class UnitMatching {
    /** Sweeps over all layers; a handful suffices, and each only lowers the distance. */
    private static final int MOST_SWEEPS = 50;

    /** An assignment must be cheaper than what there is by this part of it: rounding alone moves no unit. */
    private static final double LEAST_GAIN = 1e-9;

    private UnitMatching() {}

    /**
     * Where a descent ended.
     *
     * @param orders by the layer's position; layers of which no unit moved are not there
     * @param cost of the last assignment of each layer, summed
     * @param gap by how much these can lie above the least one with the other layers at rest, summed
     */
    record Descended(Map<Integer, Permutation> orders, double cost, double gap) {}

    /**
     * Returns the order in which the units of {@code weights} stand beside those of {@code reference}.
     *
     * @param context its ground cost says what is matched
     */
    static Alignment of(Architecture architecture, Weights reference, Weights weights, ConnectContext context) {
        return new Alignment(
                architecture,
                descended(architecture, reference, weights, context).orders());
    }

    /** Returns where the descent from {@code weights} as they are ends; as {@link #of}. */
    static Descended descended(Architecture architecture, Weights reference, Weights weights, ConnectContext context) {
        List<Transition> transitions = Transition.of(architecture).stream()
                .filter(Transition::isInterchangeable)
                .toList();
        Map<Integer, Permutation> orders = new LinkedHashMap<>();
        Map<Integer, Assignment> last = new LinkedHashMap<>();
        Weights relisted = weights;
        boolean moved = true;
        for (int sweep = 0; moved && sweep < MOST_SWEEPS; sweep++) {
            moved = false;
            for (Transition transition : transitions) {
                CostMatrix costs = MatchingCosts.of(transition, reference, relisted, context);
                Assignment assignment = AssignmentSolver.solve(costs);
                last.put(transition.units().layer(), assignment);
                if (gains(assignment, costs)) {
                    Permutation order = assignment.permutation();
                    relisted = transition.units().relist(relisted, order);
                    orders.merge(transition.units().layer(), order, UnitMatching::then);
                    moved = transitions.size() > 1;
                }
            }
        }
        return new Descended(
                orders,
                last.values().stream().mapToDouble(Assignment::cost).sum(),
                last.values().stream().mapToDouble(Assignment::dualityGap).sum());
    }

    private static boolean gains(Assignment assignment, CostMatrix costs) {
        double now = 0;
        for (int i = 0; i < costs.size(); i++) {
            now += costs.get(i, i);
        }
        return now - assignment.cost() > LEAST_GAIN * Math.abs(now);
    }

    /** Returns the order that comes of listing by {@code first} and what then is there by {@code second}. */
    static Permutation then(Permutation first, Permutation second) {
        int[] units = new int[first.size()];
        for (int slot = 0; slot < units.length; slot++) {
            units[slot] = first.get(second.get(slot));
        }
        return Permutation.of(units);
    }
}
