package org.thalweg.connect;

import org.thalweg.network.Network;

/** A connector that moves the neurons of two-layer networks, which adjustment can then build on. */
interface NeuronConnector {
    /** Returns how every slot moves from {@code a} to {@code b}. */
    Movement move(Network a, Network b, ConnectContext context);

    /** Returns the method's name. */
    String name();
}
