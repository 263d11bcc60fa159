package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;
import org.thalweg.engine.Scoring.Score;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Cost;
import org.thalweg.network.Layer;
import org.thalweg.network.Permutation;
import org.thalweg.network.Permutation.Swap;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.ReorderLeg;

/**
 * Measures a re-ordering leg of a dense layer that only a ReLU parts from the next, dense one.
 *
 * <p>Between swaps the network is always the same set of neurons, so the next layer's pre-activations are computed once per
 * block (and never carried from swap to swap); a swap changes them by the contributions of its two neurons. Cost per swap and
 * position, c being the next layer's width: about 4·c multiply-adds per example, the layers above it, and a soft-max, instead
 * of a forward pass. Below the output layer every swap is measured; further below, {@link #MOST_DEEP} of them.
 */
final class SwapSampler implements LegSampler {
    /** Swaps that are measured where layers follow above the next one. */
    private static final int MOST_DEEP = 100;

    /** Values of the next layer, of all swaps measured at once on one block: 32 swaps of 10 classes at 256 examples. */
    private static final int TOGETHER = 320;

    private final Engine engine;
    private final Architecture architecture;
    private final ReorderLeg leg;
    private final Transit transit;
    private final SwapPositions swaps;
    private final List<Swap> units =
            new ArrayList<>(); // per measured swap, the two units by their slots at the leg's start

    private SwapSampler(Engine engine, Architecture architecture, ReorderLeg leg, Transit transit) {
        this.engine = engine;
        this.architecture = architecture;
        this.leg = leg;
        this.transit = transit;
        List<Swap> all = leg.swaps();
        this.swaps = SwapPositions.atMost(transit.isOutput(architecture) ? all.size() : MOST_DEEP, all.size());
        int[] slots = Permutation.identity(leg.group().size()).toArray();
        for (int i = 0; i < all.size(); i++) {
            Swap swap = all.get(i);
            int first = slots[swap.first()];
            int second = slots[swap.second()];
            if (units.size() < swaps.chosen() && swaps.swap(units.size()) == i) {
                units.add(new Swap(first, second));
            }
            slots[swap.first()] = second;
            slots[swap.second()] = first;
        }
    }

    /** The layer whose units move and the one that reads them. */
    private record Transit(Affine layer, Affine next) {
        boolean isOutput(Architecture architecture) {
            return next.position() == architecture.layers().size() - 1;
        }

        boolean isPlain(Architecture architecture) {
            return layer.layer() instanceof Layer.Linear
                    && next.position() == layer.position() + 2
                    && architecture.layers().get(layer.position() + 1) instanceof Layer.Relu;
        }
    }

    /**
     * Returns the sampler of a re-ordering leg: where more than a ReLU lies between the layers, a plain one at as many swaps as
     * a curve has intervals.
     *
     * @param points positions that a curve is measured at
     */
    static LegSampler of(Engine engine, Architecture architecture, ReorderLeg leg, int points) {
        List<Affine> affine = architecture.affine();
        for (int k = 0; k + 1 < affine.size(); k++) {
            Transit transit = new Transit(affine.get(k), affine.get(k + 1));
            boolean swaps = leg.reader().isEmpty();
            if (swaps && transit.layer().position() == leg.group().layer() && transit.isPlain(architecture)) {
                return new SwapSampler(engine, architecture, leg, transit);
            }
        }
        return new PlainSampler(engine, architecture, leg::at, leg.group().layer(), SwapPositions.of(leg, points - 1));
    }

    @Override
    public double[] positions() {
        return swaps.positions();
    }

    @Override
    public double multiplyAdds() {
        int next = transit.next().position() + 1;
        double swap = 4.0 * transit.next().layer().outputs()
                + Cost.of(architecture, next, architecture.layers().size()).multiplyAdds();
        return Cost.of(architecture, 0, next).multiplyAdds() + positions().length * swap;
    }

    @Override
    public SplitProfile sample(Examples examples) {
        try (Scope scope = Scope.open()) {
            Weights weights = leg.start();
            DeviceNetwork network = DeviceNetwork.load(architecture, weights);
            DeviceTensor outgoing = rowsPerUnit(weights.get(transit.next().weight())); // [n, c]
            int hidden = transit.layer().position() + 1;
            int next = transit.next().position() + 1;
            List<Score> scores = BlockSums.over(engine, architecture, examples, positions().length, (from, to) -> {
                DeviceTensor x = Blocks.inputs(examples, from, to, weights.precision());
                DeviceTensor before = network.run(0, hidden, x); // [n, B]
                DeviceTensor base = network.run(hidden, next, before); // [c, B]
                Scoring scoring = Scoring.of(examples, from, to, weights.precision());
                return new Block(network, scoring, before, base, outgoing).scores();
            });
            return SplitProfile.sampled(examples.count(), scores);
        }
    }

    private static DeviceTensor rowsPerUnit(Tensor output) {
        DeviceTensor columns = DeviceTensor.of(output);
        return columns.transposed().copied();
    }

    /** The measurement of one block of B examples. */
    private final class Block {
        private final DeviceNetwork network;
        private final Scoring scoring;
        private final DeviceTensor before; // pre-activations of the units that move [n, B]
        private final DeviceTensor base; // those of the next layer [c, B]
        private final DeviceTensor outgoing; // [n, c]

        Block(DeviceNetwork network, Scoring scoring, DeviceTensor before, DeviceTensor base, DeviceTensor outgoing) {
            this.network = network;
            this.scoring = scoring;
            this.before = before;
            this.base = base;
            this.outgoing = outgoing;
        }

        Score[] scores() {
            Score[] scores = new Score[positions().length];
            scores[0] = scoring.score(logits(base));
            scores[scores.length - 1] = scores[0];
            int together = Math.max(1, TOGETHER / base.extent(0));
            double[] within = SwapPositions.within();
            for (int from = 0; from < units.size(); from += together) {
                List<Swap> some = units.subList(from, Math.min(units.size(), from + together));
                try (Scope scope = Scope.open()) {
                    SwapBlock block = new SwapBlock(some, before, outgoing);
                    for (int j = 0; j < within.length; j++) {
                        Score[] found = score(block.next(base, within[j]));
                        for (int k = 0; k < found.length; k++) {
                            scores[SwapPositions.index(from + k, j)] = found[k];
                        }
                    }
                }
            }
            return scores;
        }

        private DeviceTensor logits(DeviceTensor next) {
            return network.run(
                    transit.next().position() + 1, architecture.layers().size(), next);
        }

        /** Returns the scores of the next layer's pre-activations of several swaps, [S, c, B]. */
        private Score[] score(DeviceTensor next) {
            if (transit.isOutput(architecture)) {
                return scoring.scoreInPlace(next);
            }
            Score[] scores = new Score[next.extent(0)];
            for (int k = 0; k < scores.length; k++) {
                scores[k] = scoring.score(logits(next.narrow(0, k, 1).view(next.extent(1), -1)));
            }
            return scores;
        }
    }

    /** The two moving neurons of S swaps on a block of B examples. */
    private static final class SwapBlock {
        private final DeviceTensor hp; // pre-activations [S, B]
        private final DeviceTensor hq;
        private final DeviceTensor cp; // outgoing weights [S, c, 1]
        private final DeviceTensor cq;
        private final int swaps;

        SwapBlock(List<Swap> some, DeviceTensor before, DeviceTensor outgoing) {
            int[] first = some.stream().mapToInt(Swap::first).toArray();
            int[] second = some.stream().mapToInt(Swap::second).toArray();
            swaps = some.size();
            hp = before.rows(first);
            hq = before.rows(second);
            cp = outgoing.rows(first).view(swaps, -1, 1);
            cq = outgoing.rows(second).view(swaps, -1, 1);
        }

        // Slot p runs (1-s) p + s q, slot q runs s p + (1-s) q. With f = phi((1-s) hp + s hq), g = phi(s hp + (1-s)
        // hq):
        // next = base + cp [(1-s) f + s g - phi(hp)] + cq [s f + (1-s) g - phi(hq)]
        DeviceTensor next(DeviceTensor base, double s) {
            DeviceTensor f = hp.times(1 - s).addInPlace(hq, s).reluInPlace();
            DeviceTensor g = hp.times(s).addInPlace(hq, 1 - s).reluInPlace();
            DeviceTensor p =
                    f.times(1 - s).addInPlace(g, s).addInPlace(hp.relu(), -1).view(swaps, 1, -1);
            DeviceTensor q =
                    f.times(s).addInPlace(g, 1 - s).addInPlace(hq.relu(), -1).view(swaps, 1, -1);
            return base.repeated(swaps).addProductInPlace(cp, p).addProductInPlace(cq, q); // [S, c, B]
        }
    }
}
