package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Work;
import org.thalweg.network.Architecture;
import org.thalweg.network.Cost;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Weights;
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
import org.thalweg.result.Recheck;
import org.thalweg.result.StatisticsPolicy;
import org.thalweg.result.Worst;
import org.thalweg.result.WorstMeasures;

/**
 * Measures loss, and accuracy where there is one, along paths, on training and test examples.
 *
 * @param engine where to compute
 * @param data what to measure on
 * @param settings how
 */
public record Evaluator(Engine engine, Dataset data, EvaluationSettings settings) {
    /** Creates an evaluator with {@code points} positions per leg and otherwise default settings. */
    public Evaluator(Engine engine, Dataset data, int points) {
        this(engine, data, new EvaluationSettings(points));
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
            Path path = whole.tabulated(points());
            Optional<PathStatistics> norms = estimates(path.architecture())
                    ? Optional.of(new PathStatistics(engine, path, data.train(), settings.statistics()))
                    : Optional.empty();
            List<LegProfile> legs = new ArrayList<>();
            List<ProfilePoint> all = new ArrayList<>();
            for (int i = 0; i < path.legs().size(); i++) {
                legs.add(leg(path, i, norms, all));
            }
            WorstMeasures worst =
                    WorstMeasures.over(legs.stream().map(LegProfile::worst).toList());
            return new Profile(
                    legs,
                    Barriers.of(all, worst),
                    PathLengths.of(path, points()),
                    policy(path.architecture()),
                    settings.whole().map(everything -> recheck(path, worst, norms, everything)));
        });
    }

    /**
     * Returns what is measured at evenly spaced points of a line whose ends are no networks, such as a row of a plane: where
     * batch norms' statistics are estimated, they are at the ends too.
     *
     * @throws IllegalArgumentException if the policy of statistics is told by networks at the ends
     * @throws MismatchException if its networks do not fit the data
     * @throws NonFiniteLossException if a loss is NaN or infinite
     */
    public List<Measures> evaluateLine(Path line) {
        requireFits(line.architecture());
        StatisticsPolicy statistics = policy(line.architecture()).orElse(StatisticsPolicy.INTERPOLATE);
        Optional<PathStatistics> norms = switch (statistics) {
            case INTERPOLATE -> Optional.empty();
            case RE_ESTIMATE -> Optional.of(PathStatistics.ofLine(engine, line, data.train()));
            case KEEP, REPAIR ->
                throw new IllegalArgumentException("the policy '" + statistics
                        + "' takes its statistics from networks at the ends of a path, and a line has" + " none.");
        };
        return engine.alone(() -> leg(line, 0, norms, new ArrayList<>()).points().stream()
                .map(ProfilePoint::measures)
                .toList());
    }

    /** Returns what measuring a path is going to take. */
    public Work cost(Path path) {
        Architecture architecture = path.architecture();
        Path tabulated = path.tabulated(points());
        double examples = (double) data.train().count() + data.test().count();
        double whole = Cost.of(architecture, 0, architecture.layers().size()).multiplyAdds();
        double estimated =
                examples + Math.min(NormStatistics.EXAMPLES, data.train().count());
        Work sum = Work.NOTHING;
        for (Leg leg : tabulated.legs()) {
            double adds = estimates(architecture)
                    ? estimated * whole * positions(leg).length
                    : examples * sampler(tabulated, leg).multiplyAdds();
            sum = sum.plus(Work.ofLayers(adds));
        }
        return sum;
    }

    /** Returns whether batch norms' statistics are other than the path has them. */
    private boolean estimates(Architecture architecture) {
        return policy(architecture)
                .map(policy -> policy != StatisticsPolicy.INTERPOLATE)
                .orElse(false);
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
        if (architecture.inputs() != data.features() || architecture.outputs() != data.outputs()) {
            throw MismatchException.ofData("the network " + architecture.text() + " does not fit data set '"
                    + data.name() + "', which has " + data.train().sizes() + ".");
        }
    }

    private LegProfile leg(Path path, int index, Optional<PathStatistics> norms, List<ProfilePoint> all) {
        Leg leg = path.legs().get(index);
        LegSampler sampler = norms.map(weights -> sampler(path, index, weights)).orElseGet(() -> sampler(path, leg));
        double[] positions = sampler.positions();
        SplitProfile train = sampler.sample(data.train());
        SplitProfile test = sampler.sample(data.test());
        List<ProfilePoint> points = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            Measures measures = measures(train, test, i);
            double t = path.t(index, positions[i]);
            NonFiniteLossException.requireFinite(measures, leg.name(), t);
            points.add(new ProfilePoint(t, leg.name(), measures));
        }
        all.addAll(points);
        WorstMeasures sampled = WorstMeasures.sampled(points);
        WorstMeasures worst = WorstMeasures.of(
                data.loss(), measure -> worst(path, index, measure, sampled.get(measure), train, test));
        List<ProfilePoint> listed = leg instanceof ReorderLeg ? thinned(points, sampled) : points;
        return new LegProfile(leg.name(), path.t(index, 0), path.t(index, 1), worst, listed);
    }

    private int points() {
        return settings.points();
    }

    /** Measures the worst points on the whole data set. */
    private Recheck recheck(Path path, WorstMeasures worst, Optional<PathStatistics> norms, Dataset whole) {
        Map<Path.Position, Measures> found = new HashMap<>();
        WorstMeasures again = WorstMeasures.of(data.loss(), measure -> {
            Worst where = worst.get(measure);
            Measures there = found.computeIfAbsent(path.legAt(where.t()), p -> measures(path, p, norms, whole));
            return new Worst(there.get(measure), where.t(), where.leg(), false);
        });
        return new Recheck(whole.train().count(), whole.test().count(), again);
    }

    private Measures measures(Path path, Path.Position place, Optional<PathStatistics> norms, Dataset whole) {
        Weights weights = norms.map(statistics -> statistics.at(place.leg(), place.s()))
                .orElseGet(() -> path.legs().get(place.leg()).at(place.s()));
        PlainSampler sampler = new PlainSampler(engine, path.architecture(), s -> weights, 0, new double[] {place.s()});
        SplitProfile train = sampler.sample(whole.train());
        SplitProfile test = sampler.sample(whole.test());
        return measures(train, test, 0);
    }

    private Measures measures(SplitProfile train, SplitProfile test, int index) {
        return Measures.of(data.loss(), measure -> (measure.isTest() ? test : train).value(measure, index));
    }

    /** Returns what is done about the statistics of batch norms, of networks that have such. */
    public Optional<StatisticsPolicy> policy(Architecture architecture) {
        return NormStatistics.occurIn(architecture) ? Optional.of(settings.statistics()) : Optional.empty();
    }

    /** Statistics that follow no curve leave nothing to share between positions. */
    private LegSampler sampler(Path path, int index, PathStatistics weights) {
        double[] positions = positions(path.legs().get(index));
        return new PlainSampler(engine, path.architecture(), s -> weights.at(index, s), 0, positions);
    }

    private double[] positions(Leg leg) {
        int intervals = points() - 1;
        return leg instanceof ReorderLeg reorder
                ? SwapPositions.of(reorder, intervals)
                : IntStream.rangeClosed(0, intervals)
                        .mapToDouble(i -> (double) i / intervals)
                        .toArray();
    }

    private LegSampler sampler(Path path, Leg leg) {
        return leg instanceof CurveLeg curve
                ? new CurveSampler(engine, path.architecture(), curve, points())
                : SwapSampler.of(engine, path.architecture(), (ReorderLeg) leg, points());
    }

    private static Worst worst(
            Path path, int leg, Measure measure, Worst sampled, SplitProfile train, SplitProfile test) {
        SplitProfile split = measure.isTest() ? test : train;
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
        for (int stretch = 0; stretch < points() - 1 && last > 1; stretch++) {
            int from = 1 + (int) ((long) stretch * (last - 1) / (points() - 1));
            int to = 1 + (int) ((long) (stretch + 1) * (last - 1) / (points() - 1));
            IntStream.range(from, to)
                    .boxed()
                    .reduce((a, b) -> loss(points, b) > loss(points, a) ? b : a)
                    .ifPresent(kept::add);
        }
        for (Measure measure : data.loss().measures()) {
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
