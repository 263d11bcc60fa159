package org.thalweg.network;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A network: what it computes, with which weights, and where they came from. Immutable.
 *
 * @param architecture the layers
 * @param weights one tensor per parameter and buffer of the architecture, by PyTorch's names
 * @param provenance how the weights came about
 */
public record Network(Architecture architecture, Weights weights, Provenance provenance) {
    /**
     * Checks that the weights are those of the architecture.
     *
     * @throws IllegalArgumentException naming the first tensor that is missing, unknown, or of another shape or precision
     */
    public Network {
        Map<String, Shape> expected = architecture.tensors();
        Set<String> unknown = new TreeSet<>(weights.asMap().keySet());
        unknown.removeAll(expected.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "tensor '" + unknown.iterator().next() + "' is not part of " + architecture.text() + ".");
        }
        String first = expected.keySet().iterator().next();
        expected.forEach((name, shape) -> {
            if (!weights.asMap().containsKey(name)) {
                throw new IllegalArgumentException("tensor '" + name + "' of " + architecture.text() + " is missing.");
            }
            Shape actual = weights.get(name).shape();
            if (!actual.equals(shape)) {
                throw new IllegalArgumentException("tensor '" + name + "' has shape " + actual + " but "
                        + architecture.text() + " needs " + shape + ".");
            }
            Precision precision = weights.get(first).precision(); // of the first tensor, which is there by now
            if (weights.get(name).precision() != precision) {
                throw new IllegalArgumentException("tensor '" + first + "' is " + precision + " but tensor '" + name
                        + "' is " + weights.get(name).precision() + "; convert one of them.");
            }
        });
    }
}
