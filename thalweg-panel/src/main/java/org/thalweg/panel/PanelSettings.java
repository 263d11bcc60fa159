package org.thalweg.panel;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.Methods;
import org.thalweg.data.Seed;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.result.Loss;

/**
 * What a panel does with its networks.
 *
 * @param methods names of methods, in the table's order
 * @param evaluation how paths are measured
 * @param connect settings of the methods
 * @param pairs which pairs
 * @param seed root of the randomness of networks and of trained curves
 * @param shard which part of the cells
 * @param parts into how many parts the training examples are divided, each of which is summed over on its own; 1: as a whole
 */
public record PanelSettings(
        List<String> methods,
        EvaluationSettings evaluation,
        ConnectSettings connect,
        Pairs pairs,
        Seed seed,
        Shard shard,
        int parts) {
    /** Creates settings that measure {@code points} positions per leg and otherwise as by default. */
    public PanelSettings(List<String> methods, int points, ConnectSettings connect, Pairs pairs, Seed seed) {
        this(methods, new EvaluationSettings(points), connect, pairs, seed, Shard.WHOLE, 1);
    }

    public PanelSettings {
        methods = List.copyOf(methods);
        if (parts < 1) {
            throw new IllegalArgumentException(
                    "the training examples cannot be divided into " + parts + " parts; name 2 or more.");
        }
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("no method was named; see 'thalweg methods'.");
        }
        methods.forEach(Methods::named); // unknown names are told now, not after hours of training
        methods.stream().filter(Methods::isLearned).forEach(connect::requireMap);
        if (new HashSet<>(methods).size() < methods.size()) {
            throw new IllegalArgumentException("a method was named twice in " + String.join(",", methods) + ".");
        }
    }

    /**
     * Checks that there is a panel of this many networks, before any is trained.
     *
     * @throws IllegalArgumentException if a pair names a network that is not there, or some part would have no cell
     */
    public void requireFit(int networks) {
        shard.requireFit(pairs.of(networks).size() * methods.size());
    }

    /** Returns the settings by name, as they identify a run on data of this loss and stand in its summary. */
    Map<String, String> facts(Loss data) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.putAll(evaluation.facts());
        facts.putAll(connect.facts(data));
        facts.put("rootSeed", "" + seed.value());
        if (parts > 1) { // which changes the last digits
            facts.put("parts", "" + parts);
        }
        return facts;
    }
}
