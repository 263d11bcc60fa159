package org.thalweg.connect;

import java.util.List;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Dense;
import org.thalweg.network.Network;
import org.thalweg.network.UnitGroup;

/**
 * The two-layer network z = W2 φ(W1 x + b1) + b2 behind a pair, W1 [n, d], W2 [c, n]; biases may be absent.
 *
 * <p>Neuron i is the vector (b1_i, W1_i, W2_·i) of length D = 1 + d + c; the output bias belongs to no neuron.
 */
record TwoLayer(Architecture architecture, Dense hidden, Dense output, UnitGroup units) {
    /**
     * Returns the layers that {@code method} needs to find in both networks.
     *
     * @throws IllegalArgumentException if they differ in architecture or precision, or do not have two layers
     */
    static TwoLayer of(Network a, Network b, String method) {
        Architecture architecture = Alike.of(a, b);
        List<Dense> dense = architecture.dense();
        if (dense.size() != 2 || architecture.layers().size() != 3) {
            throw new IllegalArgumentException("method '" + method + "' joins networks of two dense layers with ReLU "
                    + "between, but this one is " + architecture.text() + ".");
        }
        return new TwoLayer(
                architecture,
                dense.get(0),
                dense.get(1),
                architecture.unitGroups().get(0));
    }
}
