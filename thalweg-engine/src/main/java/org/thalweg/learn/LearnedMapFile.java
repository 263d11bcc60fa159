package org.thalweg.learn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.checkpoint.WriteException;
import org.thalweg.network.Tensor;

/** Learned maps as safetensors files: parameters and statistics as tensors, everything else as metadata. */
public final class LearnedMapFile {
    private static final String KIND = "thalweg";
    private static final String MAP = "map";

    private LearnedMapFile() {}

    /** Writes a map, replacing a file of this name; equal maps give equal bytes. */
    public static void write(Path file, LearnedMap map) throws WriteException {
        Map<String, String> metadata = new TreeMap<>(map.facts());
        metadata.put(KIND, MAP);
        Safetensors.write(file, map.tensors(), metadata);
    }

    /**
     * Returns the map of a file.
     *
     * @throws org.thalweg.checkpoint.MissingFileException if there is no such file
     * @throws CheckpointException if it is malformed, holds no map, or holds one whose parts do not fit
     * @throws IOException if it cannot be read
     */
    public static LearnedMap read(Path file) throws IOException {
        Checkpoint checkpoint = Checkpoint.open(file);
        if (!checkpoint.fact(KIND).equals(Optional.of(MAP))) {
            throw new CheckpointException(file, "holds no learned map; 'thalweg learn' makes one.");
        }
        Map<String, Tensor> tensors =
                checkpoint.readFinite(checkpoint.entries().keySet()).asMap();
        Map<String, String> facts = new TreeMap<>(checkpoint.metadata());
        facts.remove(KIND);
        try {
            return LearnedMap.of(facts, tensors);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, String.valueOf(e.getMessage()));
        }
    }
}
