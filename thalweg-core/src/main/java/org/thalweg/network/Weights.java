package org.thalweg.network;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The weights of a network by PyTorch's names, in the architecture's order. Immutable. */
public final class Weights implements Serializable {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // a LinkedHashMap in its wrapper, both serializable
    private final Map<String, Tensor> tensors;

    private Weights(Map<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Returns weights with these tensors, in the map's order. */
    public static Weights of(Map<String, Tensor> tensors) {
        return new Weights(tensors);
    }

    /**
     * Returns the tensor of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Tensor get(String name) {
        @Nullable Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor '" + name + "' among " + tensors.keySet() + ".");
        }
        return tensor;
    }

    /** Returns all tensors, in order; the map cannot be changed. */
    public Map<String, Tensor> asMap() {
        return tensors;
    }

    /** Returns the precision of the widest tensor: what arithmetic on these weights should use. */
    public Precision precision() {
        return tensors.values().stream().anyMatch(t -> t.precision() == Precision.FLOAT64)
                ? Precision.FLOAT64
                : Precision.FLOAT32;
    }

    /** Returns whether both have the same names in the same order with the same bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Weights weights
                && tensors.equals(weights.tensors)
                && tensors.keySet().stream()
                        .toList()
                        .equals(weights.tensors.keySet().stream().toList());
    }

    @Override
    public int hashCode() {
        return tensors.hashCode();
    }

    @Override
    public String toString() {
        return tensors.toString();
    }
}
