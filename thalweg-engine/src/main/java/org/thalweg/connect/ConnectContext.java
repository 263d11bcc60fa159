package org.thalweg.connect;

import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;

/**
 * What a connector may use besides the two networks.
 *
 * @param engine where it computes
 * @param train the training examples; needed by weight adjustment and by activations as ground cost
 * @param settings settings of the methods
 */
public record ConnectContext(Engine engine, Optional<Examples> train, ConnectSettings settings) {
    /**
     * Returns the training examples.
     *
     * @throws IllegalArgumentException if there are none, naming {@code what} needs them
     */
    Examples trainFor(String what) {
        return train.orElseThrow(
                () -> new IllegalArgumentException(what + " needs training examples; name a data set with --data."));
    }
}
