package org.thalweg.connect;

import java.util.Optional;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;
import org.thalweg.path.Path;

/** A method that joins two networks by a path. Implementations are immutable and safe for use by many threads. */
public interface Connector {
    /**
     * Returns a path that starts at {@code a} and ends at {@code b}, both bit for bit; where a method joins networks of different
     * widths, at networks of one architecture that compute what these compute.
     *
     * @param a where the path starts
     * @param b where it ends; of the precision of {@code a} and of its architecture, for some methods but for widths
     * @param context engine, training examples and settings
     * @throws IllegalArgumentException if the method cannot join such networks, saying why
     */
    Path connect(Network a, Network b, ConnectContext context);

    /** Returns about what joining networks of such sizes is going to take, as far as it is known beforehand. */
    default Optional<Work> cost(Sizes sizes) {
        return Optional.empty();
    }
}
