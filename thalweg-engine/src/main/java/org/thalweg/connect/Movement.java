package org.thalweg.connect;

import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Permutation;
import org.thalweg.network.Weights;
import org.thalweg.path.Track;
import org.thalweg.result.AssignmentQuality;

/**
 * How a neuron connector moves the slots of a network from A to B, before anything is adjusted.
 *
 * @param tracks one per tensor, from A to {@code target}
 * @param target B's weights with units in the order of the slots; B itself if there is no matching
 * @param orders by the layer's position, which unit of B each slot ends with, for methods that match units
 * @param quality how good the matching is, where there is one
 */
record Movement(
        Map<String, Track> tracks,
        Weights target,
        Map<Integer, Permutation> orders,
        Optional<AssignmentQuality> quality) {
    Movement {
        orders = Map.copyOf(orders);
    }

    /** A movement of slots that end with the units that they are numbered for. */
    Movement(Map<String, Track> tracks, Weights target) {
        this(tracks, target, Map.of(), Optional.empty());
    }

    /** Returns which unit of B each slot of a transition ends with, if they were matched. */
    Optional<Permutation> matching(Transition transition) {
        return Optional.ofNullable(orders.get(transition.units().layer()));
    }
}
