package org.thalweg.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.network.Architecture;

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
     * Recognises the network of a file from its header: by the architecture in its metadata, else as a stack of linear layers
     * with ReLU between, from names and shapes. O(tensors) time.
     *
     * @throws CheckpointException if its tensors are no such network, or do not fit the architecture
     */
    public static Recognition of(Checkpoint checkpoint) throws CheckpointException {
        try {
            Optional<String> text = checkpoint.fact(ARCHITECTURE);
            return text.isPresent() ? as(Architecture.parse(text.get()), checkpoint) : LinearStack.in(checkpoint);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(checkpoint.file(), String.valueOf(e.getMessage()));
        }
    }

    /** Finds the tensors of {@code architecture} in a file; IllegalArgumentException with a sentence if they are not there. */
    private static Recognition as(Architecture architecture, Checkpoint checkpoint) {
        return new Recognition(architecture, TensorNames.match(architecture.tensors(), checkpoint), List.of());
    }

    /** Returns the names as JSON, {@code {ours: theirs, …}}, if any differs: what a file needs to get its own names back. */
    Optional<String> foreignNames() {
        boolean same = names.entrySet().stream().allMatch(name -> name.getKey().equals(name.getValue()));
        return same
                ? Optional.empty()
                : Optional.of(names.entrySet().stream()
                        .map(name -> Json.quoted(name.getKey()) + ":" + Json.quoted(name.getValue()))
                        .collect(Collectors.joining(",", "{", "}")));
    }
}
