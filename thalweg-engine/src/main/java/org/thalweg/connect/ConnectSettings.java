package org.thalweg.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.learn.LearnedMap;
import org.thalweg.result.Loss;
import org.thalweg.train.CurveSettings;

/**
 * Settings of the methods; each method reads those that concern it.
 *
 * @param knots number of places, evenly spaced over the curve and both ends included, at which weight adjustment solves for
 *     the output layer; 2 to {@value #MOST_KNOTS}
 * @param ridge ρ of weight adjustment: pull towards the straight line between the output layers, relative to the mean
 *     squared feature; 0 for the plain pseudo-inverse
 * @param groundCost what optimal transport measures
 * @param curve how curves are trained
 * @param convex how convex adjustment refits
 * @param maps learned maps, at most one per method that uses one
 */
public record ConnectSettings(
        int knots,
        double ridge,
        GroundCost groundCost,
        CurveSettings curve,
        ConvexSettings convex,
        List<LearnedMap> maps) {
    /** 11 knots, ridge 1e-6, distances of weights, curves and refits as their own defaults say. */
    public static final ConnectSettings DEFAULTS = new ConnectSettings(11, 1e-6, GroundCost.WEIGHTS);

    /** The most knots: each is a solve over all training examples. */
    public static final int MOST_KNOTS = 10_001;

    /** Creates settings with the default training of curves and the default refits. */
    public ConnectSettings(int knots, double ridge, GroundCost groundCost) {
        this(knots, ridge, groundCost, CurveSettings.DEFAULTS, ConvexSettings.DEFAULTS);
    }

    /** Creates settings without learned maps. */
    public ConnectSettings(int knots, double ridge, GroundCost groundCost, CurveSettings curve, ConvexSettings convex) {
        this(knots, ridge, groundCost, curve, convex, List.of());
    }

    public ConnectSettings {
        maps = List.copyOf(maps);
        if (maps.stream().map(LearnedMap::method).distinct().count() < maps.size()) {
            throw new IllegalArgumentException("two learned maps are of one method, out of "
                    + maps.stream().map(LearnedMap::method).toList() + "; name one of each.");
        }
        if (knots < 2 || knots > MOST_KNOTS) {
            throw new IllegalArgumentException(
                    "knots is " + knots + " but must lie between 2, for both ends, and " + MOST_KNOTS + ".");
        }
        if (!(ridge >= 0 && Double.isFinite(ridge))) {
            throw new IllegalArgumentException(
                    "ridge is " + ridge + " but must be 0 or positive and finite; try 1e-6.");
        }
    }

    /** Returns the same settings with other refits. */
    public ConnectSettings with(ConvexSettings refits) {
        return new ConnectSettings(knots, ridge, groundCost, curve, refits, maps);
    }

    /**
     * Checks that the settings make sense on data of this loss.
     *
     * @throws IllegalArgumentException if refits would minimise a loss that such data have not
     */
    public void requireFit(Loss data) {
        convex.lossOn(data);
    }

    /**
     * Checks that there is a learned map of a method.
     *
     * @throws IllegalArgumentException if there is none
     */
    public void requireMap(String method) {
        map(method);
    }

    /**
     * Returns the learned map of a method.
     *
     * @throws IllegalArgumentException if there is none
     */
    LearnedMap map(String method) {
        return maps.stream()
                .filter(map -> map.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("method '" + method
                        + "' needs a model, a map that was learned for it; 'thalweg learn' makes one"
                        + (maps.isEmpty()
                                ? "."
                                : " (given were "
                                        + String.join(
                                                ", ",
                                                maps.stream()
                                                        .map(LearnedMap::method)
                                                        .toList())
                                        + ").")));
    }

    /** Returns the settings as text by name, as they identify a run on data of this loss. */
    public Map<String, String> facts(Loss data) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("knots", "" + knots);
        facts.put("ridge", "" + ridge);
        facts.put("groundCost", groundCost.text());
        facts.put("curve", curve.text());
        facts.put("refits", convex.text(data));
        maps.forEach(map -> facts.put("model." + map.method(), map.fingerprint()));
        return facts;
    }
}
