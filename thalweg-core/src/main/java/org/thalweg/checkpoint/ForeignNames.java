package org.thalweg.checkpoint;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * The names that a network's tensors have in the file that it came from, where they are not ours: under them it can go home.
 * Kept in the provenance as JSON, {@code {ours: theirs, …}}.
 *
 * @param names the file's name of each of our tensors, in our order
 */
record ForeignNames(Map<String, String> names) {
    /** The fact that holds them. */
    static final String FACT = "names";

    ForeignNames {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    /** Returns the names that a provenance holds, if it holds any that are proper. */
    static Optional<ForeignNames> of(Provenance provenance) {
        return provenance.fact(FACT).flatMap(ForeignNames::parse);
    }

    private static Optional<ForeignNames> parse(String text) {
        try {
            Map<String, String> names = new LinkedHashMap<>();
            if (Json.parse(text) instanceof Map<?, ?> object) {
                object.forEach((ours, theirs) -> names.put(String.valueOf(ours), String.valueOf(theirs)));
            }
            boolean unique = names.values().stream().distinct().count() == names.size();
            return names.isEmpty() || !unique ? Optional.empty() : Optional.of(new ForeignNames(names));
        } catch (Json.JsonException e) {
            return Optional.empty(); // a fact of somebody else that happens to have this name
        }
    }

    /** Returns a provenance with these names, or without any if all of them are ours and it held no others. */
    Provenance in(Provenance provenance) {
        boolean ours = names.entrySet().stream().allMatch(name -> name.getKey().equals(name.getValue()));
        if (!ours) {
            return provenance.with(FACT, text());
        }
        if (!of(provenance).equals(Optional.of(this))) {
            return provenance;
        }
        Map<String, String> facts = new HashMap<>(provenance.facts());
        facts.remove(FACT);
        return new Provenance(facts);
    }

    private String text() {
        return names.entrySet().stream()
                .map(name -> Json.quoted(name.getKey()) + ":" + Json.quoted(name.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** Returns the tensors under their own names; one that has none keeps ours. */
    Map<String, Tensor> applied(Weights weights) {
        Map<String, Tensor> renamed = new LinkedHashMap<>();
        weights.asMap().forEach((ours, tensor) -> renamed.put(names.getOrDefault(ours, ours), tensor));
        return renamed;
    }
}
