package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;
import org.thalweg.engine.Scoring.Score;
import org.thalweg.network.Architecture;
import org.thalweg.network.Cost;
import org.thalweg.network.Weights;

/**
 * Measures a leg by a forward pass per position, from the lowest layer that moves on: for re-ordering legs whose units pass
 * through a pooling, a norm or a convolution, and for legs whose batch norms' statistics follow a policy.
 */
final class PlainSampler implements LegSampler {
    /** Native memory for the weights of as many positions as are measured in one pass over the examples: half a gigabyte. */
    private static final long WEIGHT_BYTES = 1L << 29;

    private final Engine engine;
    private final Architecture architecture;
    private final DoubleFunction<Weights> leg;
    private final int from;
    private final double[] positions;

    /**
     * Prepares the measurement.
     *
     * @param leg the weights at a position s; asked for a position once per split and more
     * @param from position of the lowest layer that moves
     */
    PlainSampler(Engine engine, Architecture architecture, DoubleFunction<Weights> leg, int from, double[] positions) {
        this.engine = engine;
        this.architecture = architecture;
        this.leg = leg;
        this.from = from;
        this.positions = positions.clone();
    }

    @Override
    public double[] positions() {
        return positions.clone();
    }

    @Override
    public double multiplyAdds() {
        int layers = architecture.layers().size();
        return Cost.of(architecture, 0, from).multiplyAdds()
                + (double) positions.length
                        * Cost.of(architecture, from, layers).multiplyAdds();
    }

    @Override
    public SplitProfile sample(Examples examples) {
        List<Score> scores = new ArrayList<>();
        int together = together();
        for (int first = 0; first < positions.length; first += together) {
            int last = Math.min(positions.length, first + together);
            scores.addAll(sample(examples, Arrays.copyOfRange(positions, first, last)));
        }
        return SplitProfile.sampled(examples.count(), scores);
    }

    private int together() {
        Weights start = leg.apply(0);
        long bytes = start.asMap().values().stream()
                .mapToLong(tensor ->
                        (long) tensor.shape().elements() * tensor.precision().bytes())
                .sum();
        return (int) Math.max(1, Math.min(positions.length, Math.min(WEIGHT_BYTES, engine.cacheBytes()) / bytes));
    }

    private List<Score> sample(Examples examples, double[] some) {
        int layers = architecture.layers().size();
        try (Scope scope = Scope.open()) {
            Weights start = leg.apply(0);
            DeviceNetwork below = DeviceNetwork.load(0, from, architecture, start);
            List<DeviceNetwork> moving = Arrays.stream(some)
                    .mapToObj(s -> DeviceNetwork.load(from, layers, architecture, leg.apply(s)))
                    .toList();
            return BlockSums.over(engine, architecture, examples, some.length, (first, last) -> {
                DeviceTensor inputs = Blocks.inputs(examples, first, last, start.precision());
                DeviceTensor values = from == 0 ? inputs : below.run(0, from, inputs);
                Scoring scoring = Scoring.of(examples, first, last, start.precision());
                return moving.stream()
                        .map(network -> score(network, values, scoring))
                        .toArray(Score[]::new);
            });
        }
    }

    private Score score(DeviceNetwork network, DeviceTensor values, Scoring scoring) {
        try (Scope scope = Scope.open()) {
            return scoring.score(network.run(from, architecture.layers().size(), values));
        }
    }
}
