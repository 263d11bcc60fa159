package org.thalweg.connect;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.data.Seed;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.result.AssignmentQuality;

/**
 * Matches B's units to A's in all hidden layers at once: the nearest end of several descents of {@link UnitMatching}, from B as
 * it is and from random orders. What goes down is the summed squared distance of all weights, that is, what goes up is the sum
 * of matched inner products. A descent ends where no single layer can improve, which need not be the best of all orders.
 *
 * <p>Costs of activations do not depend on how other layers are listed: there one descent is the best of all. Cost: a few
 * assignments per layer and start, O(n² D + n³) each; starts run side by side.
 */
final class WeightMatching {
    private static final int STARTS = 4;

    /** Assignments per layer that all starts together take: some four each. */
    static final int TYPICAL_TURNS = 4 * STARTS;

    private final List<Transition> transitions;
    private final Network a;
    private final Network b;
    private final ConnectContext context;

    private WeightMatching(List<Transition> transitions, Network a, Network b, ConnectContext context) {
        this.transitions = transitions;
        this.a = a;
        this.b = b;
        this.context = context;
    }

    /**
     * What was found.
     *
     * @param orders by the layer's position, which unit of B each slot holds
     * @param quality summed cost; the gap is that of each layer while the others rest, summed
     */
    record Matching(Map<Integer, Permutation> orders, AssignmentQuality quality) {}

    /**
     * Returns the best matching found.
     *
     * @throws IllegalArgumentException if a layer's units cannot be re-listed, or costs are balanced
     */
    static Matching of(List<Transition> transitions, Network a, Network b, ConnectContext context) {
        transitions.forEach(OtConnector::requireInterchangeable);
        if (context.settings().groundCost() == GroundCost.BALANCED) {
            throw new IllegalArgumentException(
                    "method 'ot' matches all layers at once, and ground cost 'balanced' scales "
                            + "each layer against the next; use weights or activations, or ot+butterfly.");
        }
        WeightMatching matching = new WeightMatching(transitions, a, b, context);
        int starts = context.settings().groundCost() == GroundCost.WEIGHTS ? STARTS : 1;
        return context.engine().inOrder(starts, matching::descent).stream()
                .min(Comparator.comparingDouble(found -> found.quality().cost())) // the earliest of equal ones
                .orElseThrow();
    }

    private Matching descent(int start) {
        Map<Integer, Permutation> orders = start(start);
        UnitMatching.Descended end = UnitMatching.descended(a.architecture(), a.weights(), listed(orders), context);
        end.orders().forEach((layer, order) -> orders.merge(layer, order, UnitMatching::then));
        double cost = context.settings().groundCost() == GroundCost.WEIGHTS ? distance(listed(orders)) : end.cost();
        return new Matching(orders, new AssignmentQuality(cost, end.gap()));
    }

    private Map<Integer, Permutation> start(int start) {
        Seed seed = context.seed().child("matching/" + start);
        Map<Integer, Permutation> orders = new LinkedHashMap<>();
        for (Transition transition : transitions) {
            Permutation order = start == 0
                    ? Permutation.identity(transition.size())
                    : Permutation.of(seed.child("order/" + transition.number()).shuffled(transition.size()));
            orders.put(transition.units().layer(), order);
        }
        return orders;
    }

    private Weights listed(Map<Integer, Permutation> orders) {
        Weights listed = b.weights();
        for (Transition transition : transitions) {
            UnitGroup units = transition.units();
            listed = units.relist(listed, orders.getOrDefault(units.layer(), Permutation.identity(units.size())));
        }
        return listed;
    }

    /** Returns the squared distance of all that belongs to units: statistics and the output bias do not. */
    private double distance(Weights listed) {
        Transition output = transitions.get(transitions.size() - 1);
        return a.architecture().parameters().keySet().stream()
                .filter(name -> !name.equals(output.next().bias()))
                .mapToDouble(name -> a.weights().get(name).squaredDistance(listed.get(name)))
                .sum();
    }
}
