package org.thalweg.panel;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.network.Network;
import org.thalweg.run.OtherConfigurationException;

/**
 * What the trainings and cells of a panel are computed from, opened in the process that computes them.
 *
 * @param work how cells are computed
 * @param networks the end points
 * @param training how end points are trained, if the panel trains them
 */
public record PanelInputs(CellWork work, NetworkSource networks, Optional<NetworkTraining> training) {
    /** Reads end points by name. */
    public interface NetworkSource {
        /** Returns a network. */
        Network read(String name) throws IOException;
    }

    /**
     * Checks that this process sees the folder, the data and the settings that the panel was begun with.
     *
     * @throws MissingFileException if it does not see the run's folder
     * @throws OtherConfigurationException if what it sees is not what the panel was begun with, naming the first difference
     * @throws IOException if the folder cannot be read
     */
    public void requireSamePanel() throws IOException {
        if (!Files.isRegularFile(work.folder().root().resolve("run.json"))) {
            throw new MissingFileException(work.folder().root()
                    + " is not the run's folder here (it has no run.json); put it on a file system that all machines mount in"
                    + " one place.");
        }
        Map<String, String> begun = work.folder().settings();
        work.facts().forEach((name, value) -> {
            String then = begun.getOrDefault(name, "nothing");
            if (!value.equals(then)) {
                throw new OtherConfigurationException(name + " is " + value + " here but is " + then + " in "
                        + work.folder().root() + ".");
            }
        });
    }
}
