package org.thalweg.checkpoint;

import java.nio.file.Path;
import java.util.Map;
import org.thalweg.checkpoint.safetensors.SafetensorsWriter;
import org.thalweg.network.Tensor;

/** Writes safetensors files; {@link Checkpoint} reads them. */
public final class Safetensors {
    private Safetensors() {}

    /**
     * Writes tensors and metadata, replacing a file of this name; equal content gives equal bytes.
     *
     * @throws WriteException if that fails
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws WriteException {
        AtomicFile.write(file, new SafetensorsWriter(tensors, metadata)::writeTo);
    }
}
