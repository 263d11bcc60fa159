package org.thalweg.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Provenance;

/**
 * Which network a file's tensors are.
 *
 * @param architecture the layers
 * @param names the file's name of each tensor of the architecture, in the architecture's order
 * @param assumptions what names and shapes do not say and was taken for granted, one sentence each
 */
public record Recognition(Architecture architecture, Map<String, String> names, List<String> assumptions) {
    /** The metadata that holds {@link Architecture#text()}. */
    static final String ARCHITECTURE = "architecture";

    public Recognition {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        assumptions = List.copyOf(assumptions);
    }

    /**
     * Recognises the network of a file from its header: by the architecture in its metadata, else from names and shapes as one
     * of the catalogue's convolutional networks or a stack of linear layers with ReLU between. O(tensors) time.
     *
     * @throws CheckpointException if its tensors are no such network, or do not fit the architecture
     */
    public static Recognition of(Checkpoint checkpoint) throws CheckpointException {
        try {
            Optional<String> text = checkpoint.fact(ARCHITECTURE);
            if (text.isPresent()) {
                return as(Architecture.parse(text.get()), checkpoint);
            }
            checkpoint.obstacle().ifPresent(obstacle -> {
                throw new IllegalArgumentException(obstacle);
            });
            return KnownNetworks.in(checkpoint).orElseGet(() -> LinearStack.in(checkpoint));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(checkpoint.file(), String.valueOf(e.getMessage()));
        }
    }

    /** Finds the tensors of {@code architecture} in a file; IllegalArgumentException with a sentence if they are not there. */
    private static Recognition as(Architecture architecture, Checkpoint checkpoint) {
        Map<String, String> names = ForeignNames.of(new Provenance(checkpoint.metadata()))
                .map(ForeignNames::names)
                .filter(stated -> checkpoint.entries().keySet().containsAll(stated.values()))
                .orElseGet(() -> TensorNames.match(architecture.tensors(), checkpoint));
        return new Recognition(architecture, names, List.of());
    }
}
