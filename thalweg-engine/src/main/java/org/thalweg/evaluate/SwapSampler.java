package org.thalweg.evaluate;

import java.util.ArrayList;
import java.util.List;
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
import org.thalweg.network.Permutation;
import org.thalweg.network.Permutation.Swap;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.ReorderLeg;

/**
 * Measures a re-ordering leg at s = ¼ and ½ of every swap, over all examples.
 *
 * <p>Between swaps the network is always the same set of neurons, so its logits are computed once per block (and never
 * carried from swap to swap); a swap changes them by the contributions of its two neurons. Positions s and 1−s hold the same
 * set of neurons, so those beyond ½ repeat. Cost per swap and position: about 4·c multiply-adds and a soft-max per example,
 * instead of a forward pass.
 */
final class SwapSampler implements LegSampler {
    private static final double[] WITHIN = {0.25, 0.5};

    /** Swaps measured at once: with 256 examples and 10 classes their logits take 330 kB. */
    private static final int TOGETHER = 32;

    private final Engine engine;
    private final Architecture architecture;
    private final ReorderLeg leg;
    private final List<Swap> units = new ArrayList<>(); // per swap, the two units by their slots at the leg's start

    SwapSampler(Engine engine, Architecture architecture, ReorderLeg leg) {
        this.engine = engine;
        this.architecture = architecture;
        this.leg = leg;
        int[] slots = Permutation.identity(leg.group().size()).toArray();
        for (Swap swap : leg.swaps()) {
            int first = slots[swap.first()];
            int second = slots[swap.second()];
            units.add(new Swap(first, second));
            slots[swap.first()] = second;
            slots[swap.second()] = first;
        }
    }

    @Override
    public double[] positions() {
        double[] positions = new double[2 + WITHIN.length * units.size()];
        for (int k = 0; k < units.size(); k++) {
            for (int i = 0; i < WITHIN.length; i++) {
                positions[1 + WITHIN.length * k + i] = (k + WITHIN[i]) / units.size();
            }
        }
        positions[positions.length - 1] = 1;
        return positions;
    }

    @Override
    public SplitProfile sample(Examples examples) {
        List<Dense> dense = architecture.dense();
        Dense hidden = dense.get(dense.size() - 2);
        if (leg.group().layer() != hidden.position()) {
            throw new IllegalArgumentException(
                    "leg '" + leg.name() + "' re-orders layer " + leg.group().layer() + "; only the last hidden layer, "
                            + hidden.position() + ", can be re-ordered so far.");
        }
        try (Scope scope = Scope.open()) {
            Weights weights = leg.start();
            DeviceNetwork network = DeviceNetwork.load(architecture, weights);
            Tensor output = weights.get(dense.get(dense.size() - 1).weight());
            DeviceTensor outgoing = rowsPerUnit(output); // [n, c]
            int layers = architecture.layers().size();
            List<Score> scores = BlockSums.over(engine, architecture, examples, positions().length, (from, to) -> {
                DeviceTensor x = Blocks.inputs(examples, from, to, weights.precision());
                DeviceTensor before = network.run(0, hidden.position() + 1, x); // [n, B]
                DeviceTensor base = network.run(hidden.position() + 1, layers, before); // [c, B]
                return scores(before, base, outgoing, Blocks.labels(examples, from, to));
            });
            return SplitProfile.sampled(examples.count(), scores);
        }
    }

    private static DeviceTensor rowsPerUnit(Tensor output) {
        DeviceTensor columns = DeviceTensor.of(output);
        return columns.transposed().copied();
    }

    private Score[] scores(DeviceTensor before, DeviceTensor base, DeviceTensor outgoing, int[] labels) {
        Logits scoring = Logits.against(labels);
        Score[] scores = new Score[positions().length];
        scores[0] = scoring.score(base);
        scores[scores.length - 1] = scores[0];
        for (int from = 0; from < units.size(); from += TOGETHER) {
            List<Swap> some = units.subList(from, Math.min(units.size(), from + TOGETHER));
            try (Scope scope = Scope.open()) {
                SwapBlock block = new SwapBlock(some, before, outgoing);
                for (int i = 0; i < WITHIN.length; i++) {
                    Score[] found = scoring.scoreInPlace(block.logits(base, WITHIN[i]));
                    for (int k = 0; k < found.length; k++) {
                        scores[1 + WITHIN.length * (from + k) + i] = found[k];
                    }
                }
            }
        }
        return scores;
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
        // logits = base + cp [(1-s) f + s g - phi(hp)] + cq [s f + (1-s) g - phi(hq)]
        DeviceTensor logits(DeviceTensor base, double s) {
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
