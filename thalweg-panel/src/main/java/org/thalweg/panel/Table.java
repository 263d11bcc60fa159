package org.thalweg.panel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.thalweg.result.Loss;
import org.thalweg.result.Measure;
import org.thalweg.result.Measures;
import org.thalweg.result.Profile;
import org.thalweg.result.Spread;
import org.thalweg.result.TrainingCost;
import org.thalweg.result.WorstMeasures;
import org.thalweg.run.PathResult;

/**
 * The worst values of each method, mean and population standard deviation over pairs, and the end points below.
 *
 * @param rows one per method that has a result, in order, then {@code ends+ca} if a method refits, and {@code ends}
 * @param networks number of networks
 * @param pairsShareNetworks whether some network is in several pairs, so that pairs are not independent
 * @param failures cells that are missing, and why
 * @param loss which loss was measured
 */
public record Table(List<Row> rows, int networks, boolean pairsShareNetworks, List<CellFailure> failures, Loss loss) {
    /** Name of the row of the end points. */
    public static final String ENDS = "ends";

    /**
     * Name of the row of the end points after the refit that convex adjustment begins and ends with: beside it, nobody
     * mistakes refitting for connecting.
     */
    public static final String REFITTED_ENDS = "ends+ca";

    /**
     * One method.
     *
     * @param method its name, {@link #REFITTED_ENDS} or {@link #ENDS}
     * @param count number of pairs; of end points, networks
     * @param curve worst values on the method's own curve, as the published tables have them
     * @param path worst values on the whole path
     * @param recheck those worst points on the whole data set, if they were measured there
     * @param training what training each pair took, for methods that train
     * @param seconds time per pair, where it is known
     */
    public record Row(
            String method,
            int count,
            Spreads curve,
            Spreads path,
            Optional<Spreads> recheck,
            Optional<TrainingCost> training,
            Optional<Double> seconds) {
        /** Returns whether this is a method, not a baseline of end points. */
        public boolean isMethod() {
            return !method.equals(ENDS) && !method.equals(REFITTED_ENDS);
        }
    }

    /** A spread per measure. */
    public record Spreads(Map<Measure, Spread> byMeasure) {
        public Spreads {
            byMeasure = Map.copyOf(byMeasure);
        }

        /** Returns the spread of one measure. */
        public Spread get(Measure measure) {
            return Optional.ofNullable(byMeasure.get(measure)).orElseThrow();
        }

        /** Returns the spreads over measures of one loss, at least one. */
        static Spreads of(List<Measures> items) {
            Map<Measure, Spread> spreads = new EnumMap<>(Measure.class);
            for (Measure measure : items.get(0).loss().measures()) {
                spreads.put(
                        measure,
                        Spread.of(items.stream().map(item -> item.get(measure)).toList()));
            }
            return new Spreads(spreads);
        }
    }

    public Table {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
    }

    /**
     * Returns the table of these results.
     *
     * @param methods the rows' order
     * @param seconds by {@code pair/method}, as far as known
     */
    static Table of(
            List<String> methods, List<PathResult> results, List<CellFailure> failures, Map<String, Double> seconds) {
        List<Row> rows = new ArrayList<>();
        for (String method : methods) {
            List<PathResult> own =
                    results.stream().filter(r -> r.method().equals(method)).toList();
            if (!own.isEmpty()) {
                rows.add(row(method, own, seconds));
            }
        }
        Map<String, Measures> ends = new LinkedHashMap<>();
        results.forEach(result -> {
            ends.putIfAbsent(result.a(), result.profile().start());
            ends.putIfAbsent(result.b(), result.profile().end());
        });
        Map<String, Measures> refitted = new LinkedHashMap<>();
        results.forEach(result -> {
            result.profile().endOf("refit-a").ifPresent(refit -> refitted.putIfAbsent(result.a(), refit));
            result.profile().startOf("refit-b").ifPresent(refit -> refitted.putIfAbsent(result.b(), refit));
        });
        addEnds(rows, REFITTED_ENDS, refitted);
        addEnds(rows, ENDS, ends);
        long pairs = results.stream().map(PathResult::pair).distinct().count();
        Loss loss = results.stream().map(r -> r.data().loss()).findFirst().orElse(Loss.CROSS_ENTROPY);
        return new Table(rows, ends.size(), ends.size() < 2 * pairs, failures, loss);
    }

    private static void addEnds(List<Row> rows, String name, Map<String, Measures> ends) {
        if (!ends.isEmpty()) {
            Spreads spreads = Spreads.of(List.copyOf(ends.values()));
            rows.add(
                    new Row(name, ends.size(), spreads, spreads, Optional.empty(), Optional.empty(), Optional.empty()));
        }
    }

    /** Returns the table of one path. */
    public static Table of(PathResult result) {
        return of(List.of(result.method()), List.of(result), List.of(), Map.of());
    }

    private static Optional<Spreads> recheck(List<PathResult> results) {
        List<Measures> again = results.stream()
                .flatMap(result -> result.profile().recheck().stream())
                .map(recheck -> recheck.worst().measures())
                .toList();
        return again.size() == results.size() ? Optional.of(Spreads.of(again)) : Optional.empty();
    }

    private static Spreads worst(List<PathResult> results, Function<Profile, WorstMeasures> worst) {
        return Spreads.of(results.stream()
                .map(result -> worst.apply(result.profile()).measures())
                .toList());
    }

    private static Row row(String method, List<PathResult> results, Map<String, Double> seconds) {
        List<Double> known = new ArrayList<>();
        for (PathResult result : results) {
            Double time = seconds.get(result.pair() + "/" + method);
            if (time != null) {
                known.add(time);
            }
        }
        return new Row(
                method,
                results.size(),
                worst(results, Profile::curveWorst),
                worst(results, Profile::worst),
                recheck(results),
                results.get(0).training(), // of one method and one run: the same for every pair
                known.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Spread.of(known).mean()));
    }
}
