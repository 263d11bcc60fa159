package org.thalweg.checkpoint.format;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Weights;

/**
 * A file of named tensors, opened: what it says of itself at once, its values when they are asked for. Holds no file open
 * between calls. Immutable.
 */
public interface TensorArchive {
    /** Returns the tensors by name, in the file's order; unmodifiable. */
    Map<String, Entry> entries();

    /**
     * Returns the tensor of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    default Entry entry(String name) {
        Entry entry = entries().get(name);
        if (entry == null) {
            throw new IllegalArgumentException("there is no tensor " + Quote.of(name) + ".");
        }
        return entry;
    }

    /** Returns free text by name that the file carries beside its tensors; unmodifiable, usually empty. */
    Map<String, String> metadata();

    /** Returns what a user should know of how the file was understood, one sentence each: what was skipped, what was chosen. */
    List<String> remarks();

    /**
     * Reads the named tensors, in the order of {@code names}. Memory: their own size, and what they share bytes with.
     *
     * @throws FormatException if a tensor's bytes are not those that the file promised, or its type is not read
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no tensor of a name
     */
    Weights read(Collection<String> names) throws IOException;
}
