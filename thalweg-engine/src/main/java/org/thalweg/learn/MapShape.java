package org.thalweg.learn;

/**
 * The architecture of a map.
 *
 * @param kind how its layers are made invertible
 * @param dimension coordinates that it maps, at least 2
 * @param layers how many layers
 * @param hidden hidden units of each layer's conditioner
 * @param bound a: the log-scale of a coordinate in one layer is a·tanh(·/a), so it stays within ±a
 */
public record MapShape(MapKind kind, int dimension, int layers, int hidden, double bound) {
    private static final int MOST_LAYERS = 1000;
    private static final int MOST_HIDDEN = 1 << 20;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException naming the one that is out of range
     */
    public MapShape {
        if (dimension < 2) {
            throw new IllegalArgumentException(
                    "a map of " + dimension + " coordinates; a neuron needs at least 2 that vary.");
        }
        if (layers < 1 || layers > MOST_LAYERS) {
            throw new IllegalArgumentException(
                    "layers of the map are " + layers + " but must lie between 1 and " + MOST_LAYERS + ".");
        }
        if (hidden < 1 || hidden > MOST_HIDDEN) {
            throw new IllegalArgumentException(
                    "hidden units of the map are " + hidden + " but must lie between 1 and " + MOST_HIDDEN + ".");
        }
        if (!(bound > 0 && bound <= 10)) { // e^10 per layer: float32 keeps no digits of what is undone
            throw new IllegalArgumentException(
                    "the bound of log-scales is " + bound + " but must be positive and at most 10; try 2.");
        }
    }
}
