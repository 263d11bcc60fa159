package org.thalweg.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Architecture;
import org.thalweg.network.Cost;
import org.thalweg.network.Ensemble;
import org.thalweg.network.MismatchException;

/**
 * Runs an ensemble over examples: the backbone's features of a block are made once and read by every head. Safe for use by many
 * threads; the bits do not depend on their number.
 *
 * <p>Native memory holds the backbone, as many heads as fit {@link #HEAD_BYTES} (at least one) and a block per thread; with
 * more heads the features are made again for each group. N · C sums in float64 are on the Java heap.
 *
 * @param engine where to compute
 * @param ensemble what to run
 */
public record EnsembleRunner(Engine engine, Ensemble ensemble) {
    /** Why real targets are refused. */
    static final String FOR_CLASSES = "an ensemble averages probabilities of classes";

    private static final long HEAD_BYTES = 1L << 29;

    /** Takes what a member made of the examples {@code from} … {@code to}−1; members come in their order. */
    private interface Taker<T> {
        void take(T block, int from, int to, int member, double[] logits); // [classes, to−from]
    }

    /**
     * Returns what the ensemble predicts.
     *
     * @throws MismatchException if the examples do not fit
     */
    public Predictions predict(Examples examples) {
        int classes = ensemble.architecture().outputs();
        double[] sums = new double[examples.count() * classes];
        inBlocks(
                examples,
                Object::new,
                (block, from, to, member, logits) ->
                        Mixture.addBlock(ensemble.averaging(), sums, from, logits, classes, member));
        double[] row = new double[classes];
        for (int i = 0; i < examples.count(); i++) {
            Mixture.logProbabilities(ensemble.averaging(), sums, i * classes, ensemble.size(), row);
            for (int c = 0; c < classes; c++) {
                sums[i * classes + c] = Math.exp(row[c]);
            }
        }
        return new Predictions(classes, sums);
    }

    /**
     * Returns accuracy, loss and calibration error of the first m members together for every m, and of each member alone, in
     * one pass over the examples.
     *
     * @throws MismatchException if the examples do not fit
     * @throws org.thalweg.evaluate.NonFiniteLossException if a loss is NaN or infinite
     */
    public EnsembleScores score(Examples examples) {
        int classes = ensemble.architecture().outputs();
        double[] sums = new double[examples.count() * classes];
        List<BlockScores> blocks =
                inBlocks(examples, () -> new BlockScores(ensemble.size()), (block, from, to, member, logits) -> {
                    double[] mean = new double[classes];
                    for (int i = from; i < to; i++) {
                        double[] row = Mixture.row(logits, i - from, classes);
                        int label = examples.label(i);
                        Mixture.add(ensemble.averaging(), sums, i * classes, row.clone(), member);
                        Mixture.logProbabilities(ensemble.averaging(), sums, i * classes, member + 1, mean);
                        Mixture.logSoftmax(row);
                        block.add(member, mean, row, label);
                    }
                });
        BlockScores all = new BlockScores(ensemble.size());
        blocks.forEach(all::add);
        return all.scores();
    }

    private <T> List<T> inBlocks(Examples examples, Supplier<T> begin, Taker<T> taker) {
        Architecture architecture = ensemble.architecture();
        requireFits(architecture, examples);
        int size = Blocks.size(architecture);
        int blocks = (examples.count() + size - 1) / size;
        Cost head = ensemble.cost(2).plus(ensemble.cost(1).times(-1));
        int together = (int) Math.max(1, Math.min(ensemble.size(), HEAD_BYTES / head.bytes(ensemble.precision())));
        return engine.alone(() -> {
            List<T> results = new ArrayList<>();
            for (int first = 0; first < ensemble.size(); first += together) {
                int last = Math.min(ensemble.size(), first + together);
                int start = first;
                try (Scope scope = Scope.open()) {
                    Loaded loaded = new Loaded(ensemble, first, last);
                    results.addAll(engine.inOrder(blocks, b -> {
                        int from = b * size;
                        int to = Math.min(examples.count(), from + size);
                        T block = begin.get();
                        DeviceTensor features =
                                loaded.features(Blocks.inputs(examples, from, to, ensemble.precision()));
                        for (int member = start; member < last; member++) {
                            taker.take(block, from, to, member, loaded.logits(member - start, features));
                        }
                        return block;
                    }));
                }
            }
            return results;
        });
    }

    /**
     * Checks that an ensemble of networks can be run over examples.
     *
     * @throws MismatchException if they do not fit, or the examples have no labels
     */
    public static void requireFits(Architecture architecture, Examples examples) {
        examples.requireLabels(FOR_CLASSES);
        if (!examples.suit(architecture.inputs(), architecture.outputs())) {
            throw MismatchException.ofData(
                    "the ensemble of " + architecture.text() + " does not fit data of " + examples.sizes() + ".");
        }
    }

    /** A backbone and some heads in native memory, which belong to the current scope. */
    record Loaded(DeviceNetwork backbone, List<DeviceNetwork> heads, int from, int layers) {
        Loaded(Ensemble ensemble, int first, int last) {
            this(
                    DeviceNetwork.load(0, ensemble.from(), ensemble.architecture(), ensemble.backbone()),
                    IntStream.range(first, last)
                            .mapToObj(i -> DeviceNetwork.load(
                                    ensemble.from(),
                                    ensemble.architecture().layers().size(),
                                    ensemble.architecture(),
                                    ensemble.heads().get(i)))
                            .toList(),
                    ensemble.from(),
                    ensemble.architecture().layers().size());
        }

        /** Returns what the heads read; of independent networks the inputs. */
        DeviceTensor features(DeviceTensor inputs) {
            return from == 0 ? inputs : backbone.run(0, from, inputs);
        }

        /** Returns the outputs of a head, [classes, N]. */
        double[] logits(int head, DeviceTensor features) {
            try (Scope scope = Scope.open()) {
                return heads.get(head).run(from, layers, features).toDoubles();
            }
        }
    }
}
