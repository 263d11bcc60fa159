package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;
import org.thalweg.result.Barriers;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Measure;
import org.thalweg.result.Measures;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.Worst;
import org.thalweg.result.WorstMeasures;

/**
 * Measures loss and accuracy along paths, on training and test examples.
 *
 * @param engine where to compute
 * @param data what to measure on
 * @param points positions per leg, evenly spaced, both ends included, at least 2; a re-ordering leg is measured at every
 *     swap and listed as the worst of points−1 stretches
 */
public record Evaluator(Engine engine, Dataset data, int points) {
    /** How many positions a leg is measured at unless told otherwise, as in the published evaluation. */
    public static final int DEFAULT_POINTS = 21;

    /** The most positions that a leg may be measured at. */
    public static final int MOST_POINTS = 10_001;

    public Evaluator {
        if (points < 2 || points > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "points is " + points + " but must lie between 2, for both ends, and " + MOST_POINTS + ".");
        }
    }

    /**
     * Returns the profile of a path; safe for use by many threads. Computed legs are computed once at each position, all of
     * which are held: weights × points of memory.
     *
     * @throws MismatchException if the path's networks do not fit the data
     * @throws NonFiniteLossException if a loss is NaN or infinite
     */
    public Profile evaluate(Path whole) {
        requireFits(whole.architecture());
        return engine.alone(() -> {
            Path path = whole.tabulated(points);
            List<LegProfile> legs = new ArrayList<>();
            List<ProfilePoint> all = new ArrayList<>();
            for (int i = 0; i < path.legs().size(); i++) {
                legs.add(leg(path, i, all));
            }
            WorstMeasures worst =
                    WorstMeasures.over(legs.stream().map(LegProfile::worst).toList());
            return new Profile(legs, Barriers.of(all, worst), PathLengths.of(path, points));
        });
    }

    /**
     * Returns what one network measures, as {@link #evaluate} does at a point.
     *
     * @throws MismatchException if it does not fit the data
     * @throws NonFiniteLossException if a loss is NaN or infinite
     */
    public Measures measure(Network network) {
        Map<String, Track> resting = new LinkedHashMap<>();
        network.weights().asMap().forEach((name, tensor) -> resting.put(name, Track.resting(tensor)));
        List<Leg> leg = List.of(new CurveLeg("network", resting));
        return new Evaluator(engine, data, 2)
                .evaluate(new Path(network.architecture(), "network", leg, network.provenance()))
                .start();
    }

    /**
     * Checks that networks can be measured here, before paths between them are made.
     *
     * @throws MismatchException if they do not fit the data
     */
    public void requireFits(Architecture architecture) {
        if (architecture.inputs() != data.features() || architecture.classes() != data.classes()) {
            throw new MismatchException("the network " + architecture.text() + " does not fit data set '" + data.name()
                    + "', which has " + data.features() + " features and " + data.classes() + " classes.");
        }
    }

    private LegProfile leg(Path path, int index, List<ProfilePoint> all) {
        Leg leg = path.legs().get(index);
        LegSampler sampler = sampler(path, leg);
        double[] positions = sampler.positions();
        SplitProfile train = sampler.sample(data.train());
        SplitProfile test = sampler.sample(data.test());
        List<ProfilePoint> points = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            Measures measures = new Measures(train.loss(i), train.accuracy(i), test.loss(i), test.accuracy(i));
            double t = path.t(index, positions[i]);
            NonFiniteLossException.requireFinite(measures, leg.name(), t);
            points.add(new ProfilePoint(t, leg.name(), measures));
        }
        all.addAll(points);
        WorstMeasures sampled = WorstMeasures.sampled(points);
        WorstMeasures worst =
                WorstMeasures.of(measure -> worst(path, index, measure, sampled.get(measure), train, test));
        List<ProfilePoint> listed = leg instanceof ReorderLeg ? thinned(points, sampled) : points;
        return new LegProfile(leg.name(), path.t(index, 0), path.t(index, 1), worst, listed);
    }

    private LegSampler sampler(Path path, Leg leg) {
        return leg instanceof CurveLeg curve
                ? new CurveSampler(engine, path.architecture(), curve, points)
                : SwapSampler.of(engine, path.architecture(), (ReorderLeg) leg, points);
    }

    private static Worst worst(
            Path path, int leg, Measure measure, Worst sampled, SplitProfile train, SplitProfile test) {
        boolean onTrain = measure == Measure.TRAIN_LOSS || measure == Measure.TRAIN_ACCURACY;
        SplitProfile split = onTrain ? train : test;
        if (measure.isLoss()) {
            return new Worst(sampled.value(), sampled.t(), sampled.leg(), split.exactLoss());
        }
        return split.exactAccuracy()
                .map(at -> new Worst(at.value(), path.t(leg, at.s()), sampled.leg(), true))
                .orElse(sampled);
    }

    /** Returns both ends, the greatest training loss of each stretch, and wherever a measure is worst. */
    private List<ProfilePoint> thinned(List<ProfilePoint> points, WorstMeasures worst) {
        int last = points.size() - 1;
        TreeSet<Integer> kept = new TreeSet<>(List.of(0, last));
        for (int stretch = 0; stretch < this.points - 1 && last > 1; stretch++) {
            int from = 1 + (int) ((long) stretch * (last - 1) / (this.points - 1));
            int to = 1 + (int) ((long) (stretch + 1) * (last - 1) / (this.points - 1));
            IntStream.range(from, to)
                    .boxed()
                    .reduce((a, b) -> loss(points, b) > loss(points, a) ? b : a)
                    .ifPresent(kept::add);
        }
        for (Measure measure : Measure.values()) {
            double t = worst.get(measure).t();
            IntStream.rangeClosed(0, last)
                    .filter(i -> points.get(i).t() == t)
                    .findFirst()
                    .ifPresent(kept::add);
        }
        return kept.stream().map(points::get).toList();
    }

    private static double loss(List<ProfilePoint> points, int index) {
        return points.get(index).measures().trainLoss();
    }
}
