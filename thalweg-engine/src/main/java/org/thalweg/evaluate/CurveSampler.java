package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Logits;
import org.thalweg.engine.Logits.Score;
import org.thalweg.engine.Scope;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Dense;
import org.thalweg.network.Layer;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.Track;

/**
 * Measures a leg of curves at evenly spaced positions.
 *
 * <p>Layers below the first moving one run once per block. That one's pre-activations are affine in its controls
 * ({@link AffineLayer}), so a position costs one pass over its values and the layers above, not the wide product: about
 * J + (K·c)/d products of the first layer instead of K for J controls and K positions of a two-layer network. Where the last
 * layer alone moves, on straight lines, the worst loss (at an end, by convexity) and the worst accuracy are exact.
 */
final class CurveSampler implements LegSampler {
    private final Engine engine;
    private final Architecture architecture;
    private final CurveLeg leg;
    private final Dense moving;
    private final double[] positions;

    CurveSampler(Engine engine, Architecture architecture, CurveLeg leg, int points) {
        this.engine = engine;
        this.architecture = architecture;
        this.leg = leg;
        this.moving = firstMoving();
        this.positions = new double[points];
        for (int i = 0; i < points; i++) {
            positions[i] = (double) i / (points - 1);
        }
    }

    private Dense firstMoving() {
        List<Dense> dense = architecture.dense();
        return dense.stream()
                .filter(layer -> moves(layer.weight()) || moves(layer.bias()))
                .findFirst()
                .orElse(dense.get(dense.size() - 1));
    }

    private boolean moves(String tensor) {
        return Optional.ofNullable(leg.tracks().get(tensor)).map(Track::moves).orElse(false);
    }

    private boolean movesOutputAlone() {
        return moving.position() == architecture.layers().size() - 1;
    }

    /** Whether the logits are affine in s, so that worst values follow from the two ends. */
    private boolean isAffine() {
        return movesOutputAlone()
                && leg.tracks().values().stream()
                        .allMatch(t -> !t.moves() || t.curve().equals(PolygonalChain.LINEAR));
    }

    @Override
    public double[] positions() {
        return positions.clone();
    }

    @Override
    public SplitProfile sample(Examples examples) {
        try (Scope scope = Scope.open()) {
            DeviceNetwork below = DeviceNetwork.load(architecture, leg.at(0));
            AffineLayer layer = new AffineLayer(moving, leg.tracks());
            List<DeviceNetwork> above = above();
            IntervalCount intervals = new IntervalCount(examples.count());
            List<Score> scores = BlockSums.over(engine, examples, positions.length, (from, to) -> {
                DeviceTensor inputs =
                        Blocks.inputs(examples, from, to, leg.at(0).precision());
                AffineLayer.Terms terms = layer.terms(below.run(0, moving.position(), inputs));
                int[] labels = Blocks.labels(examples, from, to);
                if (isAffine()) {
                    record(terms, labels, from, intervals);
                }
                return scores(terms, above, labels);
            });
            return isAffine()
                    ? new SplitProfile(examples.count(), scores, Optional.of(intervals.least()), true)
                    : SplitProfile.sampled(examples.count(), scores);
        }
    }

    /** Returns the layers above the moving one at each position; none if there are no layers above. */
    private List<DeviceNetwork> above() {
        List<DeviceNetwork> networks = new ArrayList<>();
        for (double s : positions) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Dense layer : architecture.dense()) {
                if (layer.position() > moving.position()) {
                    add(tensors, layer.weight(), s);
                    add(tensors, layer.bias(), s);
                }
            }
            networks.add(DeviceNetwork.loadFrom(moving.position() + 1, architecture, Weights.of(tensors)));
        }
        return networks;
    }

    private void add(Map<String, Tensor> tensors, String name, double s) {
        Track track = leg.tracks().get(name);
        if (track != null) {
            tensors.put(name, track.at(s));
        }
    }

    private Score[] scores(AffineLayer.Terms terms, List<DeviceNetwork> above, int[] labels) {
        int layers = architecture.layers().size();
        int next = moving.position() + 1;
        boolean rectified = next < layers && architecture.layers().get(next) instanceof Layer.Relu;
        DeviceTensor values = terms.buffer();
        DeviceTensor all =
                DeviceTensor.zeros(values.precision(), positions.length, architecture.classes(), labels.length);
        for (int i = 0; i < positions.length; i++) {
            try (Scope scope = Scope.open()) {
                terms.at(positions[i], values);
                DeviceTensor active = rectified ? values.reluInPlace() : values;
                DeviceTensor logits = above.get(i).run(rectified ? next + 1 : next, layers, active);
                all.narrow(0, i, 1).copyFrom(logits);
            }
        }
        return Logits.against(labels).scoreInPlace(all);
    }

    private static void record(AffineLayer.Terms terms, int[] labels, int from, IntervalCount intervals) {
        DeviceTensor logits = terms.buffer();
        terms.at(0, logits);
        double[] start = logits.toDoubles(); // [c, B]
        terms.at(1, logits);
        double[] end = logits.toDoubles();
        for (int i = 0; i < labels.length; i++) {
            intervals.set(from + i, start, end, i, labels.length, labels[i]);
        }
    }
}
