package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.path.Curve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.KnotChain;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.ReorderLeg;
import org.thalweg.result.LayerAnatomy;
import org.thalweg.result.MatchedUnits;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;

/**
 * Looks at what a path is made of: why one path stays low and another does not can be seen in how the neurons' distribution
 * moves (Anokhin and Yarotsky 2020): along a straight line the covariance of independent samples halves, along an arc it stays.
 * Uses weights alone, no data. O(positions · n D) with a few hundred as factor.
 *
 * @param engine where to compute
 */
public record Anatomist(Engine engine) {
    private static final String CURVE = "curve";
    private static final int POSITIONS = 11;
    private static final int BINS = 40;

    /** Values of a layer's neurons, above which they are not looked at: 268 MB, of which there are six at a time. */
    private static final long MOST_VALUES = 1L << 25;

    /** Returns the anatomy of a path; safe for use by many threads. Layers of more than 2^25 values are left out. */
    public PathAnatomy look(Path path) {
        int segments = path.legs().stream().mapToInt(Anatomist::segments).sum();
        return engine.alone(() -> new PathAnatomy(
                segments,
                Transition.of(path.architecture()).stream()
                        .filter(layer -> (long) layer.size() * layer.length() <= MOST_VALUES)
                        .flatMap(layer -> curve(layer, path).stream().map(curve -> layer(layer, curve, path)))
                        .toList()));
    }

    /** Returns the leg that moves a layer: its own, or the one that moves all at once. */
    private static Optional<Leg> curve(Transition layer, Path path) {
        List<String> names = List.of(layer.legName(CURVE), CURVE);
        return names.stream()
                .flatMap(name -> path.legs().stream().filter(leg -> leg.name().equals(name)))
                .findFirst();
    }

    private static LayerAnatomy layer(Transition layer, Leg curve, Path path) {
        boolean matched = path.legs().stream()
                .anyMatch(leg -> leg instanceof ReorderLeg reorder
                        && reorder.group().layer() == layer.units().layer());
        return new LayerAnatomy(
                layer.number(),
                neurons(layer, curve, path),
                matched ? Optional.of(units(layer, curve)) : Optional.empty());
    }

    private static int segments(Leg leg) {
        if (leg instanceof ReorderLeg reorder) {
            return reorder.steps().size();
        }
        return leg instanceof CurveLeg curve
                ? curve.tracks().values().stream()
                        .mapToInt(track -> segments(track.curve()))
                        .max()
                        .orElse(0)
                : 1; // computed by a smooth rule
    }

    private static int segments(Curve curve) {
        boolean broken = curve instanceof PolygonalChain || curve instanceof KnotChain;
        return broken ? curve.controls() - 1 : 1;
    }

    /**
     * Distances are to the path's own ends; in deep networks to the curve's, whose units have their inputs and readers in the same
     * order as those on the way.
     */
    private static List<NeuronPoint> neurons(Transition layer, Leg curve, Path path) {
        double[] a = layer.joint(layer.isWhole() ? path.at(0) : curve.at(0));
        double[] b = layer.joint(layer.isWhole() ? path.at(1) : curve.at(1));
        double[] both = Arrays.copyOf(a, 2 * a.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        double[][] ends = projections(both, 2 * layer.size());
        List<NeuronPoint> points = new ArrayList<>();
        for (int i = 0; i < POSITIONS; i++) {
            double s = (double) i / (POSITIONS - 1);
            points.add(point(s, layer.joint(curve.at(s)), layer.size(), ends));
        }
        return points;
    }

    private static double[][] projections(double[] joint, int units) {
        try (Scope scope = Scope.open()) {
            return NeuronSample.of(joint, units).projections();
        }
    }

    private static NeuronPoint point(double s, double[] joint, int units, double[][] ends) {
        try (Scope scope = Scope.open()) { // a layer's neurons at one position at a time
            NeuronSample sample = NeuronSample.of(joint, units);
            double distance = NeuronSample.distance(sample.projections(), ends, joint.length / units);
            return new NeuronPoint(s, sample.meanNorm(), sample.variance(), sample.spectrum(), distance);
        }
    }

    private static MatchedUnits units(Transition layer, Leg curve) {
        int n = layer.size();
        double[] from = layer.joint(curve.at(0));
        double[] to = layer.joint(curve.at(1));
        int[] order = new Seed(0).child("pairing").shuffled(n);
        Integer[] matched = new Integer[BINS];
        Integer[] random = new Integer[BINS];
        Arrays.fill(matched, 0);
        Arrays.fill(random, 0);
        double matchedSum = 0;
        double randomSum = 0;
        for (int i = 0; i < n; i++) {
            double own = cosine(from, i, to, i, n);
            double other = cosine(from, i, to, order[i], n);
            matched[bin(own)]++;
            random[bin(other)]++;
            matchedSum += own;
            randomSum += other;
        }
        return new MatchedUnits(List.of(matched), List.of(random), matchedSum / n, randomSum / n);
    }

    private static int bin(double cosine) {
        return Math.max(0, Math.min(BINS - 1, (int) Math.floor((cosine + 1) / 2 * BINS)));
    }

    /** Returns the cosine between row i of one matrix of n rows and row j of another; 0 where one has no length. */
    private static double cosine(double[] a, int i, double[] b, int j, int n) {
        int length = a.length / n;
        double product = 0;
        double left = 0;
        double right = 0;
        for (int k = 0; k < length; k++) {
            double x = a[i * length + k];
            double y = b[j * length + k];
            product += x * y;
            left += x * x;
            right += y * y;
        }
        return left == 0 || right == 0 ? 0 : product / Math.sqrt(left * right);
    }
}
