package org.thalweg.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.result.AssignmentQuality;
import org.thalweg.result.Barriers;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Measures;
import org.thalweg.result.OutputRefits;
import org.thalweg.result.PathLength;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.Recheck;
import org.thalweg.result.StatisticsPolicy;
import org.thalweg.result.WorstMeasures;

/** Measured paths made by hand: losses are given, test losses are twice, accuracies one less the loss. */
public final class Results {
    private Results() {}

    /** Returns the measures at a training loss. */
    public static Measures measures(double loss) {
        return new Measures(loss, 1 - loss, 2 * loss, 1 - 2 * loss);
    }

    /** Returns a path of one leg {@code curve} through these training losses, evenly spaced. */
    public static PathResult curve(String method, String a, String b, double... losses) {
        return result(method, a, b, List.of(leg("curve", 0, 1, losses)), Optional.empty());
    }

    /** Returns a path whose second leg, {@code reorder}, runs through other losses. */
    public static PathResult reordered(String method, String a, String b, double[] curve, double[] reorder) {
        return result(
                method,
                a,
                b,
                List.of(leg("curve", 0, 0.5, curve), leg("reorder", 0.5, 1, reorder)),
                Optional.of(new AssignmentQuality(12.5, 0)));
    }

    /** Returns a path whose output layer was refitted, through three training losses: start, refit, end. */
    public static PathResult refitted(String method, String a, String b, double start, double refit, double end) {
        PathResult plain = result(
                method,
                a,
                b,
                List.of(
                        leg("refit-a", 0, 1.0 / 3, start, refit),
                        leg("curve", 1.0 / 3, 2.0 / 3, refit, 2 * refit, refit),
                        leg("refit-b", 2.0 / 3, 1, refit, end)),
                Optional.empty());
        OutputRefits refits = new OutputRefits(
                1e-4,
                "cross-entropy",
                List.of(new OutputRefits.Leg(
                        "curve",
                        List.of(0.0, 0.5, 1.0),
                        List.of(1e-5, 2e-5, 3e-5),
                        List.of(9, 12, 10),
                        List.of(0.25))));
        return new PathResult(
                method,
                plain.program(),
                a,
                b,
                plain.data(),
                plain.profile(),
                plain.assignment(),
                Optional.empty(),
                Optional.of(refits),
                Optional.empty());
    }

    /** Returns a path of legs with these names. */
    public static PathResult legs(String method, String... names) {
        List<LegProfile> legs = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            legs.add(leg(names[i], (double) i / names.length, (i + 1.0) / names.length, 0.125, 0.25, 0.125));
        }
        return result(method, "a", "b", legs, Optional.empty());
    }

    /** Returns a path through Θ2 at t = 0.2, its worst points measured again; its re-ordering leg has other points per pair. */
    public static PathResult layered(String method, String a, String b, double atSwap) {
        double[] swap = {0.6, 0.6 + 0.2 * atSwap, 0.8};
        List<ProfilePoint> reorder = new ArrayList<>();
        for (double t : swap) {
            reorder.add(new ProfilePoint(t, "1.reorder", measures(0.25)));
        }
        PathResult plain = result(
                method,
                a,
                b,
                List.of(
                        leg("1.curve", 0, 0.2, 0.125, 0.25),
                        leg("2.curve", 0.2, 0.4, 0.25, 0.375),
                        leg("output", 0.4, 0.6, 0.375, 0.25),
                        new LegProfile("1.reorder", 0.6, 0.8, WorstMeasures.sampled(reorder), reorder),
                        leg("2.reorder", 0.8, 1, 0.25, 0.125)),
                Optional.empty());
        Profile profile = new Profile(
                plain.profile().legs(),
                plain.profile().barriers(),
                plain.profile().length(),
                Optional.of(StatisticsPolicy.REPAIR),
                Optional.of(new Recheck(600, 200, plain.profile().worst())));
        return new PathResult(method, plain.program(), a, b, plain.data(), profile, Optional.empty());
    }

    private static LegProfile leg(String name, double from, double to, double... losses) {
        List<ProfilePoint> points = new ArrayList<>();
        for (int i = 0; i < losses.length; i++) {
            double t = from + (to - from) * i / (losses.length - 1);
            points.add(new ProfilePoint(t, name, measures(losses[i])));
        }
        return new LegProfile(name, from, to, WorstMeasures.sampled(points), points);
    }

    private static PathResult result(
            String method, String a, String b, List<LegProfile> legs, Optional<AssignmentQuality> assignment) {
        List<ProfilePoint> points =
                legs.stream().flatMap(leg -> leg.points().stream()).toList();
        WorstMeasures worst =
                WorstMeasures.over(legs.stream().map(LegProfile::worst).toList());
        Profile profile = new Profile(legs, Barriers.of(points, worst), new PathLength(3, 1.5));
        return new PathResult(method, "thalweg test", a, b, new DataFacts("glyphs", 60, 20), profile, assignment);
    }
}
