package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.thalweg.data.Examples;
import org.thalweg.engine.AffineLayer;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.MovingNetwork;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;
import org.thalweg.engine.Scoring.Score;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Cost;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.Track;

/**
 * Measures a leg of curves at evenly spaced positions.
 *
 * <p>Layers below the first moving one run once per block. That one's pre-activations are affine in its controls
 * ({@link AffineLayer}), so a position costs one pass over its values and the layers above, not the wide product: about
 * J + (K·c)/d products of the first layer instead of K for J controls and K positions of a two-layer network. Of deep
 * networks as many positions are measured in one pass over the examples as half a gigabyte holds. Where the last
 * layer alone moves, on straight lines, the worst loss (at an end, by convexity) and the worst accuracy are exact.
 */
final class CurveSampler implements LegSampler {
    /** Native memory for the layers above the moving one, at as many positions as fit: half a gigabyte. */
    private static final long ABOVE_BYTES = 1L << 29;

    private final Engine engine;
    private final Architecture architecture;
    private final CurveLeg leg;
    private final Affine moving;
    private final List<Double> positions;

    CurveSampler(Engine engine, Architecture architecture, CurveLeg leg, int points) {
        this.engine = engine;
        this.architecture = architecture;
        this.leg = leg;
        this.moving = firstMoving();
        this.positions = IntStream.range(0, points)
                .mapToObj(i -> (double) i / (points - 1))
                .toList();
    }

    /** Returns the last layer W x + b at or below the lowest layer that moves. */
    private Affine firstMoving() {
        int lowest = IntStream.range(0, architecture.layers().size())
                .filter(this::moves)
                .findFirst()
                .orElse(architecture.layers().size() - 1);
        return architecture.affine().stream()
                .filter(layer -> layer.position() <= lowest)
                .reduce((below, above) -> above)
                .orElseThrow();
    }

    private boolean moves(int position) {
        return tensorsOf(position)
                .anyMatch(name -> Optional.ofNullable(leg.tracks().get(name))
                        .map(Track::moves)
                        .orElse(false));
    }

    private Stream<String> tensorsOf(int position) {
        return architecture.tensors(position).keySet().stream();
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

    private boolean countsRight(Examples examples) {
        return isAffine() && examples.loss().hasAccuracy();
    }

    @Override
    public double[] positions() {
        return positions.stream().mapToDouble(s -> s).toArray();
    }

    @Override
    public double multiplyAdds() {
        int at = moving.position();
        double controls = track(moving.weight()).controls().size();
        return Cost.of(architecture, 0, at).multiplyAdds()
                + controls * Cost.of(architecture, at, at + 1).multiplyAdds()
                + (double) positions.size()
                        * Cost.of(architecture, at + 1, architecture.layers().size())
                                .multiplyAdds();
    }

    @Override
    public SplitProfile sample(Examples examples) {
        IntervalCount intervals = new IntervalCount(examples.count());
        List<Score> scores = new ArrayList<>();
        int together = together();
        for (int from = 0; from < positions.size(); from += together) {
            int to = Math.min(positions.size(), from + together);
            scores.addAll(sample(examples, positions.subList(from, to), intervals));
        }
        Optional<SplitProfile.At> accuracy = countsRight(examples) ? Optional.of(intervals.least()) : Optional.empty();
        return new SplitProfile(examples.count(), scores, accuracy, isAffine());
    }

    /** Returns for how many positions the layers above the moving one fit into {@link #ABOVE_BYTES}. */
    private int together() {
        long bytes = 1;
        for (int position = moving.position() + 1;
                position < architecture.layers().size();
                position++) {
            bytes += tensorsOf(position)
                    .mapToLong(name -> track(name).shape().elements()
                            * (long) track(name).controls().get(0).precision().bytes())
                    .sum();
        }
        return (int) Math.max(1, Math.min(positions.size(), Math.min(ABOVE_BYTES, engine.cacheBytes()) / bytes));
    }

    private List<Score> sample(Examples examples, List<Double> some, IntervalCount intervals) {
        try (Scope scope = Scope.open()) {
            Weights start = leg.at(0);
            DeviceNetwork below = DeviceNetwork.load(0, moving.position(), architecture, start);
            MovingNetwork network =
                    new MovingNetwork(moving, architecture.layers().size(), architecture, leg.tracks(), some);
            return BlockSums.over(engine, architecture, examples, some.size(), (from, to) -> {
                DeviceTensor inputs = Blocks.inputs(examples, from, to, start.precision());
                AffineLayer.Terms terms = network.terms(below.run(0, moving.position(), inputs));
                if (countsRight(examples)) {
                    record(terms, examples, from, to, intervals);
                }
                Scoring scoring = Scoring.of(examples, from, to, start.precision());
                DeviceTensor logits =
                        DeviceTensor.zeros(start.precision(), some.size(), architecture.outputs(), scoring.count());
                network.run(terms, (place, made) -> logits.narrow(0, place, 1).copyFrom(made));
                return scoring.scoreInPlace(logits);
            });
        }
    }

    private Track track(String name) {
        return Optional.ofNullable(leg.tracks().get(name)).orElseThrow();
    }

    private static void record(AffineLayer.Terms terms, Examples examples, int from, int to, IntervalCount intervals) {
        DeviceTensor logits = terms.buffer();
        terms.at(0, logits);
        double[] start = logits.toDoubles(); // [c, B]
        terms.at(1, logits);
        double[] end = logits.toDoubles();
        for (int i = from; i < to; i++) {
            intervals.set(i, start, end, i - from, to - from, examples.label(i));
        }
    }
}
