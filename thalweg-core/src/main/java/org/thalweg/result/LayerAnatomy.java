package org.thalweg.result;

import java.util.List;
import java.util.Optional;

/**
 * What a path does with the neurons of one hidden layer.
 *
 * @param layer its number, from 1
 * @param neurons how they move along the curve that moves this layer
 * @param units how alike units are that are led to each other, for methods that match those of this layer
 */
public record LayerAnatomy(int layer, List<NeuronPoint> neurons, Optional<MatchedUnits> units) {
    public LayerAnatomy {
        neurons = List.copyOf(neurons);
    }
}
