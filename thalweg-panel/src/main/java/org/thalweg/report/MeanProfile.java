package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Measure;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.Spread;
import org.thalweg.run.PathResult;

/**
 * One measure along the paths of one method: mean and spread over pairs.
 *
 * <p>Pairs are measured at the same positions of a leg, but for re-orderings, each of which has as many swaps as it needs and
 * lists the worst of several stretches. Of those the worst listed point of equal stretches is taken, pair by pair.
 *
 * @param legs the legs in order
 */
record MeanProfile(List<Leg> legs) {
    /** What is known on one leg: spreads by the leg's own position s. */
    record Leg(String name, double from, double to, TreeMap<Double, Spread> byPosition) {
        double t(double s) {
            return from + s * (to - from);
        }
    }

    /** Returns the profile of paths that have the same legs; losses as they are, accuracies in percent. */
    static MeanProfile of(List<PathResult> pairs, Measure measure) {
        List<Leg> legs = new ArrayList<>();
        for (LegProfile first : pairs.get(0).profile().legs()) {
            List<TreeMap<Double, Double>> all = pairs.stream()
                    .flatMap(pair -> pair.profile().legs().stream())
                    .filter(leg -> leg.name().equals(first.name()))
                    .map(leg -> values(leg, measure))
                    .toList();
            boolean agree =
                    all.stream().allMatch(v -> v.keySet().equals(all.get(0).keySet()));
            int stretches = all.stream().mapToInt(TreeMap::size).min().orElse(1) - 1;
            legs.add(new Leg(
                    first.name(),
                    first.from(),
                    first.to(),
                    spreads(
                            agree
                                    ? all
                                    : all.stream()
                                            .map(v -> worst(v, measure, stretches))
                                            .toList())));
        }
        return new MeanProfile(legs);
    }

    private static TreeMap<Double, Double> values(LegProfile leg, Measure measure) {
        TreeMap<Double, Double> values = new TreeMap<>();
        for (ProfilePoint point : leg.points()) {
            double s = leg.to() > leg.from() ? (point.t() - leg.from()) / (leg.to() - leg.from()) : 0;
            values.put(
                    Math.rint(s * 1e9) / 1e9, // legs of longer and shorter paths round differently
                    measure.shown(point.measures().get(measure)));
        }
        return values;
    }

    private static TreeMap<Double, Double> worst(TreeMap<Double, Double> values, Measure measure, int stretches) {
        TreeMap<Double, Double> worst = new TreeMap<>();
        values.forEach((s, value) -> {
            int stretch = (int) Math.min(stretches - 1, Math.floor(s * stretches));
            double at = s == 0 || s == 1 ? s : (stretch + 0.5) / stretches;
            worst.merge(at, value, measure::worse);
        });
        return worst;
    }

    private static TreeMap<Double, Spread> spreads(List<TreeMap<Double, Double>> pairs) {
        TreeMap<Double, List<Double>> gathered = new TreeMap<>();
        pairs.forEach(pair -> pair.forEach((s, value) ->
                gathered.computeIfAbsent(s, key -> new ArrayList<>()).add(value)));
        TreeMap<Double, Spread> spreads = new TreeMap<>();
        gathered.forEach((s, values) -> spreads.put(s, Spread.of(values)));
        return spreads;
    }
}
