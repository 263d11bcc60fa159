package org.thalweg.connect;

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
}
