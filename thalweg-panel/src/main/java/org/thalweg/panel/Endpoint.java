package org.thalweg.panel;

import org.thalweg.network.Network;

/** A network of a panel by the name it has in files and tables. */
public record Endpoint(String name, Network network) {}
