package org.thalweg.panel;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.Methods;
import org.thalweg.data.Seed;

/**
 * What a panel does with its networks.
 *
 * @param methods names of methods, in the table's order
 * @param points positions per leg
 * @param connect settings of the methods
 * @param pairs which pairs
 * @param seed root of the randomness of networks and of trained curves
 */
public record PanelSettings(List<String> methods, int points, ConnectSettings connect, Pairs pairs, Seed seed) {
    public PanelSettings {
        methods = List.copyOf(methods);
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("no method was named; see 'thalweg methods'.");
        }
        methods.forEach(Methods::named); // unknown names are told now, not after hours of training
        if (new HashSet<>(methods).size() < methods.size()) {
            throw new IllegalArgumentException("a method was named twice in " + String.join(",", methods) + ".");
        }
    }

    /** Returns the settings by name, as they identify a run and stand in its summary. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("points", "" + points);
        facts.putAll(connect.facts());
        facts.put("rootSeed", "" + seed.value());
        return facts;
    }
}
