package org.thalweg.panel;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.thalweg.connect.ExampleSums;

/** Machines that compute the trainings and cells of one panel together; they share the folders that its files are in. */
public interface Cluster extends CellRunner, AutoCloseable {
    /**
     * Trains networks into the run's folder, and returns when the last is there.
     *
     * @param seeds those that are not there yet
     * @param trained is told of each network as soon as it is there, perhaps from several threads at a time
     * @throws IOException if a file cannot be read or written, or a training fails, which ends the run
     */
    void train(List<Long> seeds, LongConsumer trained) throws IOException;

    /**
     * Returns where sums over the panel's training examples are taken: on these machines, each with its part of them.
     *
     * @param parts how many parts of neighbouring examples, of nearly one size
     */
    ExampleSums sums(int parts);

    /** Gives the machines back. */
    @Override
    void close();

    /** Finds machines; what the service loader looks for. */
    interface Provider {
        /**
         * Connects to a cluster.
         *
         * @param master where it is, such as {@code spark://host:7077}
         * @param options its own settings, by name
         * @param panel what its machines will open
         * @throws IllegalArgumentException if that names no cluster
         * @throws IOException if it cannot be reached
         */
        Cluster connect(String master, Map<String, String> options, PanelSource panel) throws IOException;
    }
}
