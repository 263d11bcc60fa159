package org.thalweg.connect;

import java.util.Locale;

/** What optimal transport measures between a neuron of A and a neuron of B. The neurons that move are the same for all. */
public enum GroundCost {
    /** Squared distance of the neuron vectors (bias, incoming row, outgoing column), as published. */
    WEIGHTS,
    /**
     * The same after both are rescaled to ‖(b, l)‖ = ‖c‖: a ReLU unit (b, l, c) computes the same as (sb, sl, c/s), so its
     * scale carries no information.
     */
    BALANCED,
    /** 1 − correlation of the units' activations on training examples; a constant unit's correlation is 0. */
    ACTIVATIONS;

    /** Returns the name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
