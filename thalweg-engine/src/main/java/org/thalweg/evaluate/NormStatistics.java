package org.thalweg.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Runs training examples through a network and sets the statistics of each batch norm, from the input on, by what reaches it
 * with those below it set.
 *
 * <p>Uses {@link #EXAMPLES} examples, evenly spread, in their order and without augmentation, or all where there are fewer;
 * blocks have a fixed size and are summed in order, so the bits do not depend on the number of threads. What reaches a norm is
 * kept in native memory where that is within the engine's bound; else the layers below run again for every norm. Both ways
 * give the same bits. Cost: one forward pass of these examples, or half as many as there are norms.
 */
public final class NormStatistics {
    /** The error of a mean is then 1/64 of a standard deviation for a vector's unit, less for a channel's. */
    static final int EXAMPLES = 4096;

    private static final int BLOCK = 128;

    private final Engine engine;
    private final Architecture architecture;
    private final Examples train;
    private final int[] norms; // positions

    /**
     * Creates the statistics of all norms of networks of this architecture.
     *
     * @param engine where to compute
     * @param train the examples
     */
    public NormStatistics(Engine engine, Architecture architecture, Examples train) {
        this(engine, architecture, train, norms(architecture));
    }

    private NormStatistics(Engine engine, Architecture architecture, Examples train, int[] norms) {
        this.engine = engine;
        this.architecture = architecture;
        this.train = train;
        this.norms = norms;
    }

    /**
     * Returns the weights with the norms among layers {@code from} … {@code to}−1 set by what reaches them; those below keep
     * theirs.
     */
    public Weights measured(Weights weights, int from, int to) {
        int[] some = IntStream.of(norms)
                .filter(position -> from <= position && position < to)
                .toArray();
        return new NormStatistics(engine, architecture, train, some).set(weights, (norm, reaching) -> reaching);
    }

    /** Returns whether a network has batch norms at all. */
    public static boolean occurIn(Architecture architecture) {
        return norms(architecture).length > 0;
    }

    private static int[] norms(Architecture architecture) {
        return IntStream.range(0, architecture.layers().size())
                .filter(position -> architecture.layers().get(position) instanceof Layer.BatchNorm)
                .toArray();
    }

    /** Decides a norm's statistics. */
    interface Choice {
        /**
         * Returns mean and variance as they are to be.
         *
         * @param norm the norm's name
         * @param reaching moments of what reaches it, the norms below it being set
         */
        Moments of(String norm, Moments reaching);
    }

    /** Returns the name of a norm's buffer of means. */
    static String mean(String norm) {
        return norm + "." + Layer.BatchNorm.MEAN;
    }

    /** Returns the name of a norm's buffer of variances. */
    static String variance(String norm) {
        return norm + "." + Layer.BatchNorm.VARIANCE;
    }

    /** Returns the weights with every norm's statistics as {@code choice} wants them. */
    Weights set(Weights weights, Choice choice) {
        try (Scope scope = Scope.open()) {
            Values values = new Values(weights.precision());
            Weights set = weights;
            for (int i = 0; i < norms.length; i++) {
                String norm = architecture.name(norms[i]);
                set = with(set, norm, choice.of(norm, values.moments(i, set)));
            }
            return set;
        }
    }

    /** Returns the weights with these statistics of one norm. */
    static Weights with(Weights weights, String norm, Moments statistics) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        tensors.put(mean(norm), statistics.means(weights.precision()));
        tensors.put(variance(norm), statistics.variances(weights.precision()));
        return Weights.of(tensors);
    }

    /** What reaches the norms, block by block of examples. */
    private final class Values {
        private final int taken = Math.min(EXAMPLES, train.count());
        private final int blocks = (taken + BLOCK - 1) / BLOCK;
        private final Precision precision;
        private final Optional<DeviceTensor> kept; // [2, values]: what reaches the last norm, and the one before it

        Values(Precision precision) {
            this.precision = precision;
            int most = IntStream.of(norms)
                    .map(position -> architecture.shapeBefore(position).elements())
                    .max()
                    .orElse(0);
            long values = (long) taken * most;
            boolean fits = norms.length > 1
                    && values <= Integer.MAX_VALUE
                    && 2 * values * precision.bytes() <= engine.cacheBytes();
            this.kept = fits ? Optional.of(DeviceTensor.zeros(precision, 2, (int) values)) : Optional.empty();
        }

        /** Returns the moments of what reaches the {@code index}-th norm. */
        Moments moments(int index, Weights weights) {
            int from = kept.isPresent() && index > 0 ? norms[index - 1] : 0;
            int to = norms[index];
            try (Scope scope = Scope.open()) {
                DeviceNetwork network = DeviceNetwork.load(from, to, architecture, weights);
                return Moments.together(engine.inOrder(blocks, block -> {
                    DeviceTensor x = from == 0 ? inputs(block) : stored(index - 1, block);
                    DeviceTensor reaching = network.run(from, to, x);
                    if (kept.isPresent()) {
                        place(index, block).copyFrom(reaching);
                    }
                    return Moments.of(isImages(to) ? reaching.channelRows() : reaching);
                }));
            }
        }

        private boolean isImages(int position) {
            return architecture.shapeBefore(position).rank() == 3;
        }

        private int size(int block) {
            return Math.min(BLOCK, taken - block * BLOCK);
        }

        private DeviceTensor inputs(int block) {
            int[] indices = new int[size(block)];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = (int) ((long) (block * BLOCK + i) * train.count() / taken);
            }
            return Blocks.inputs(train, indices, precision);
        }

        private DeviceTensor stored(int index, int block) {
            return place(index, block).channelsLast();
        }

        /** Returns where a block's values before a norm are kept: [B, c, h, w], or [n, B]. */
        private DeviceTensor place(int index, int block) {
            Shape shape = architecture.shapeBefore(norms[index]);
            DeviceTensor own = kept.orElseThrow()
                    .narrow(0, index % 2, 1)
                    .view(-1)
                    .narrow(0, block * BLOCK * shape.elements(), size(block) * shape.elements());
            return isImages(norms[index])
                    ? own.view(size(block), shape.extent(0), shape.extent(1), shape.extent(2))
                    : own.view(shape.elements(), size(block));
        }
    }
}
