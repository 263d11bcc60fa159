package org.thalweg.checkpoint.format;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Weights;

/**
 * A file of named tensors, opened: what it says of itself at once, its values when they are asked for. Holds no file open
 * between calls. Immutable.
 */
public interface TensorArchive {
    /** Most tensors of a file; the largest networks have some thousands. */
    int MOST_TENSORS = 100_000;

    /** Returns the refusal of a file with {@code count} tensors. */
    static FormatException tooMany(int count) {
        return new FormatException("has " + count + " tensors; at most " + MOST_TENSORS + " are read.");
    }

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
     * Returns why the file's own description of its network cannot be followed, if it has one: a sentence. Nothing may then be
     * guessed from names and shapes.
     */
    default Optional<String> obstacle() {
        return Optional.empty();
    }

    /**
     * Reads the named tensors, in the order of {@code names}. Memory: their own size, and what they share bytes with.
     *
     * @throws FormatException if a tensor's bytes are not those that the file promised, or its type is not read
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if there is no tensor of a name
     */
    Weights read(Collection<String> names) throws IOException;
}
