package org.thalweg.cli;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.engine.Engine;
import org.thalweg.network.Network;
import org.thalweg.panel.Cluster;
import org.thalweg.panel.Endpoint;
import org.thalweg.panel.NetworkTraining;
import org.thalweg.panel.Panel;
import org.thalweg.panel.PanelListener;
import org.thalweg.panel.PanelResult;

/**
 * Where a panel's trainings and cells run: on a cluster, or on this machine.
 *
 * @param cluster the cluster, if there is one
 * @param engine this machine
 */
record Machines(Optional<Cluster> cluster, Engine engine) implements AutoCloseable {
    /** Trains what is missing and returns the networks of all seeds, in their order. */
    List<Network> train(NetworkTraining training, List<Long> seeds, PanelListener listener) throws IOException {
        if (cluster.isPresent()) {
            int epochs = training.recipe().epochs();
            cluster.get().train(training.missing(seeds), seed -> listener.onTrained(seed, epochs));
        }
        return training.train(engine, seeds, listener); // those that are there are checked and read
    }

    /** Runs the cells that are not finished, and gives the cluster back: charts take a while and need one machine. */
    PanelResult run(Panel panel, List<Endpoint> endpoints, Map<String, String> origin, PanelListener listener)
            throws IOException {
        try {
            return cluster.isPresent()
                    ? panel.runOn(cluster.get(), endpoints, origin, listener)
                    : panel.run(endpoints, origin, listener);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        cluster.ifPresent(Cluster::close);
    }
}
