package org.thalweg.network;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a network or a path came from: plain text facts by name, such as {@code seed}, {@code recipe}, {@code data},
 * {@code data.hash}, {@code program}. Written to and read from a file's metadata. Immutable, ordered by name.
 */
public record Provenance(Map<String, String> facts) {
    /** Nothing is known. */
    public static final Provenance UNKNOWN = new Provenance(Map.of());

    public Provenance {
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    /** Returns the fact of this name, if it is known. */
    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    /** Returns these facts and one more, which replaces an earlier one of its name. */
    public Provenance with(String name, String value) {
        Map<String, String> more = new TreeMap<>(facts);
        more.put(name, value);
        return new Provenance(more);
    }
}
