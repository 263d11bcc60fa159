package org.thalweg.panel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.thalweg.connect.ConvexSettings;
import org.thalweg.ensemble.EnsembleBuilder;
import org.thalweg.ensemble.HeadMethod;
import org.thalweg.network.Averaging;
import org.thalweg.result.Loss;

/**
 * What a study of ensembles varies and how it makes them.
 *
 * @param heads lengths of heads, each once
 * @param methods how heads are made, each once
 * @param backbone whose layers are the backbone
 * @param ridge ρ of the adjustment; empty to choose it on held-out examples
 * @param averaging what the members' mean is taken of
 * @param convex how output layers are refitted
 */
public record EnsembleSettings(
        List<Integer> heads,
        List<HeadMethod> methods,
        Backbone backbone,
        OptionalDouble ridge,
        Averaging averaging,
        ConvexSettings convex) {
    /** The name of the lengths of heads among a run's settings; no other kind of run has one. */
    static final String HEADS = "heads";

    /**
     * Checks that something is asked for.
     *
     * @throws IllegalArgumentException if a list is empty, or ρ is negative or not finite
     */
    public EnsembleSettings {
        heads = heads.stream().distinct().toList();
        methods = methods.stream().distinct().toList();
        if (heads.isEmpty() || methods.isEmpty()) {
            throw new IllegalArgumentException("no lengths of heads, or no methods, were named; use --heads 1.");
        }
        EnsembleBuilder.requireRidge(ridge);
    }

    /** Returns the settings as text by name, as they identify a run. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(HEADS, heads.stream().map(h -> Integer.toString(h)).collect(Collectors.joining(",")));
        facts.put("methods", methods.stream().map(HeadMethod::text).collect(Collectors.joining(",")));
        facts.put("backbone", backbone.text());
        facts.put("ridge", ridge.isPresent() ? Double.toString(ridge.getAsDouble()) : "held-out");
        facts.put("averaging", averaging.text());
        facts.put("refits", convex.text(Loss.CROSS_ENTROPY)); // ensembles are for classes
        return facts;
    }
}
