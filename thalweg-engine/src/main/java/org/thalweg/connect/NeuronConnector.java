package org.thalweg.connect;

import org.thalweg.engine.Work;
import org.thalweg.network.Network;
import org.thalweg.network.Weights;

/** A connector that moves neurons, which adjustment can then build on. */
interface NeuronConnector {
    /**
     * Returns how every slot moves from {@code a} to {@code b}, all layers at once.
     *
     * @throws IllegalArgumentException if the connector cannot move such networks at once
     */
    Movement move(Network a, Network b, ConnectContext context);

    /**
     * Returns how the units of one layer move with all that lists them, everything else resting or, as the next layer's bias,
     * moving straight.
     *
     * @param start where all layers start
     * @param end where they end; differs from {@code start} in the transition's two layers only
     */
    Movement move(Transition transition, Weights start, Weights end, ConnectContext context);

    /** Returns whether slots end with other units than they are numbered for, so that a re-ordering must follow. */
    default boolean matches() {
        return false;
    }

    /** Returns what matching the units of a transition takes. */
    default Work cost(Transition transition) {
        return Work.NOTHING;
    }

    /** Returns the method's name. */
    String name();
}
