package org.thalweg.connect;

import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Permutation;
import org.thalweg.network.Weights;
import org.thalweg.path.Track;
import org.thalweg.result.AssignmentQuality;

/**
 * How a neuron connector moves the slots of a two-layer network from A to B, before anything is adjusted.
 *
 * @param tracks one per tensor, from A to {@code target}
 * @param target B's weights with slot i holding unit {@code matching.get(i)}; B itself if there is no matching
 * @param matching which unit of B each slot ends with, for methods that match units
 * @param quality how good the matching is, where there is one
 */
record Movement(
        Map<String, Track> tracks,
        Weights target,
        Optional<Permutation> matching,
        Optional<AssignmentQuality> quality) {}
