package org.thalweg.result;

/**
 * A network that a layer-by-layer path goes through: layers below k are B's, those above A's, layer k is adjusted.
 *
 * @param layer k
 * @param t the path's position
 * @param measures loss and accuracy there
 */
public record Waypoint(int layer, double t, Measures measures) {
    /** Returns its name, {@code Θ2}. */
    public String name() {
        return "Θ" + layer;
    }
}
