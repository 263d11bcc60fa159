package org.thalweg.result;

import java.util.List;
import java.util.Optional;

/**
 * What a path is made of, told from its weights alone.
 *
 * @param segments smooth pieces: straight lines between knots, arcs, swaps of a re-ordering
 * @param neurons how the neurons move along the method's own curve; none for networks of more than two layers
 * @param units how alike units are that are led to each other, for methods that match units
 */
public record PathAnatomy(int segments, List<NeuronPoint> neurons, Optional<MatchedUnits> units) {
    public PathAnatomy {
        neurons = List.copyOf(neurons);
    }
}
