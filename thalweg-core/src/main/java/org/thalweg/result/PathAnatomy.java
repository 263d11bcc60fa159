package org.thalweg.result;

import java.util.List;

/**
 * What a path is made of, told from its weights alone.
 *
 * @param segments smooth pieces: straight lines between knots, arcs, swaps of a re-ordering
 * @param layers the hidden layers that it moves, from the input, as far as they were looked at
 */
public record PathAnatomy(int segments, List<LayerAnatomy> layers) {
    public PathAnatomy {
        layers = List.copyOf(layers);
    }

    /** Returns whether a layer other than the first is moved, so that each is told for itself. */
    public boolean isDeep() {
        return layers.stream().anyMatch(layer -> layer.layer() > 1);
    }
}
