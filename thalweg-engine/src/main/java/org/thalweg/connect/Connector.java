package org.thalweg.connect;

import java.util.Optional;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;
import org.thalweg.path.Path;

/** A method that joins two networks by a path. Implementations are immutable and safe for use by many threads. */
public interface Connector {
    /**
     * Returns a path that starts at {@code a} and ends at {@code b}, both bit for bit.
     *
     * @param a where the path starts
     * @param b where it ends; of the architecture and precision of {@code a}
     * @param context engine, training examples and settings
     * @throws IllegalArgumentException if the method cannot join such networks, saying why
     */
    Path connect(Network a, Network b, ConnectContext context);

    /**
     * Returns what joining networks like {@code a} is going to take, as far as it is known beforehand.
     *
     * @param a a network, which says how large all are
     * @param context engine, training examples and settings
     */
    default Optional<Work> cost(Network a, ConnectContext context) {
        return Optional.empty();
    }
}
