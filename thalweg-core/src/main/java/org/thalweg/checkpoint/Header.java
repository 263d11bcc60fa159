package org.thalweg.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a safetensors file says of itself before its first weight.
 *
 * @param file where it was read
 * @param metadata free text by name
 * @param entries the tensors in the header's order, by name
 * @param dataStart position of the buffer in the file, in bytes
 */
public record Header(Path file, Map<String, String> metadata, Map<String, Entry> entries, long dataStart) {
    public Header {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * One tensor.
     *
     * @param name its name
     * @param dtype such as {@code F32}
     * @param shape extents, outermost first
     * @param begin position of its first byte in the buffer
     * @param end position after its last byte
     */
    public record Entry(String name, String dtype, List<Long> shape, long begin, long end) {
        public Entry {
            shape = List.copyOf(shape);
        }

        /** Returns the number of elements. */
        public long elements() {
            return shape.stream().reduce(1L, (a, b) -> a * b);
        }
    }

    /** Returns the metadata's text of this name, if there is one. */
    public Optional<String> fact(String name) {
        return Optional.ofNullable(metadata.get(name));
    }
}
