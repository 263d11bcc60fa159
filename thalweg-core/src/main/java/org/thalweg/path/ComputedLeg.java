package org.thalweg.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Architecture;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * The exception among legs: its points are no weighted sums of stored weights, a rule computes each, such as a learned map.
 * The ends are stored and given bit for bit, whatever the rule answers there.
 *
 * @param name the leg's name
 * @param start the weights at 0
 * @param end the weights at 1, of the same names and shapes
 * @param rule what computes the points between
 */
public record ComputedLeg(String name, Weights start, Weights end, Rule rule) implements Leg {
    /** What computes a leg's points. Implementations are immutable and safe for use by many threads. */
    public interface Rule {
        /** Returns the weights at {@code s}, strictly between 0 and 1. */
        Weights at(double s);

        /** Returns what the rule is, as text by name; with {@link #tensors} all that is needed to compute again. */
        Map<String, String> facts();

        /** Returns the numbers that the rule computes with, besides the ends. */
        Map<String, Tensor> tensors();
    }

    /** Restores rules from files. */
    public interface RuleReader {
        /**
         * Returns the rule of these facts and tensors between two ends.
         *
         * @throws IllegalArgumentException if they make no rule, saying why
         */
        Rule read(
                Architecture architecture,
                Weights start,
                Weights end,
                Map<String, String> facts,
                Map<String, Tensor> tensors);
    }

    @Override
    public Weights at(double s) {
        Curve.requireUnit(s);
        if (s == 0) {
            return start;
        }
        return s == 1 ? end : rule.at(s);
    }

    /**
     * Returns a leg of straight segments through this one's points at {@code points} evenly spaced positions, both ends
     * included: for measuring there without computing a point twice. Memory: as many weights as points.
     */
    public CurveLeg tabulated(int points) {
        Map<String, List<Tensor>> controls = new LinkedHashMap<>();
        for (int i = 0; i < points; i++) {
            at((double) i / (points - 1))
                    .asMap()
                    .forEach((tensor, value) -> controls.computeIfAbsent(tensor, key -> new ArrayList<>())
                            .add(value));
        }
        Map<String, Track> tracks = new LinkedHashMap<>();
        controls.forEach((tensor, values) -> tracks.put(tensor, new Track(new PolygonalChain(points), values)));
        return new CurveLeg(name, tracks);
    }
}
