package org.thalweg.connect;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;

/**
 * The features Φ = [f(X); 1], [n+1, N], that an output layer works on, block by block of examples; without a bias there is no
 * row of ones.
 *
 * <p>Knows nothing of what makes them: a {@link Source} does. They are computed once and kept in native memory, 4 (n+1) N
 * bytes in float32, where that is within the bound; else they are computed again for every pass. Both ways give the same bits:
 * blocks have one size and one layout. Belongs to the scope it was made in.
 */
final class FeatureBlocks {
    /** Examples per block: 4 MB of features at n = 2000, so that both products of a pass find them in cache. */
    static final int BLOCK = 512;

    private final Engine engine;
    private final LayerMatrix layer;
    private final int examples;
    private final Source source;
    private final Optional<DeviceTensor> kept; // [blocks, n+1, BLOCK]

    /** Makes the features of a fold's examples. Called by many threads at once. */
    interface Source {
        /** Returns f of examples {@code from} … {@code to}−1, [n, to−from]. */
        DeviceTensor features(int from, int to);
    }

    /** Takes one block of features. */
    interface Work<T> {
        /**
         * Works on examples {@code from} … {@code to}−1.
         *
         * @param features [n+1, to−from]
         * @return what is found, not native
         */
        T run(int from, int to, DeviceTensor features);
    }

    /**
     * Prepares the features of {@code examples} examples.
     *
     * @param bound bytes that may be kept
     */
    FeatureBlocks(Engine engine, LayerMatrix layer, int examples, Source source, long bound) {
        this.engine = engine;
        this.layer = layer;
        this.examples = examples;
        this.source = source;
        long bytes =
                (long) blocks() * layer.columns() * BLOCK * layer.precision().bytes();
        this.kept = bytes <= bound
                ? Optional.of(DeviceTensor.ones(layer.precision(), blocks(), layer.columns(), BLOCK))
                : Optional.empty();
        kept.ifPresent(all -> engine.inOrder(blocks(), b -> {
            fill(block(all, b), b);
            return b;
        }));
    }

    /** Returns N. */
    int examples() {
        return examples;
    }

    private int blocks() {
        return (examples + BLOCK - 1) / BLOCK;
    }

    private DeviceTensor block(DeviceTensor all, int index) {
        return all.narrow(0, index, 1).view(layer.columns(), BLOCK);
    }

    /** Computes a block's features into {@code target}, [n+1, BLOCK], whose last row stays as it is. */
    private void fill(DeviceTensor target, int index) {
        int from = index * BLOCK;
        int to = Math.min(examples, from + BLOCK);
        target.narrow(0, 0, layer.inputs()).narrow(1, 0, to - from).copyFrom(source.features(from, to));
    }

    /** Runs {@code work} on every block, side by side, and returns what it found in the order of the blocks. */
    <T> List<T> inOrder(Work<T> work) {
        return engine.inOrder(blocks(), b -> {
            DeviceTensor features = kept.map(all -> block(all, b)).orElseGet(() -> computed(b));
            int from = b * BLOCK;
            int to = Math.min(examples, from + BLOCK);
            return work.run(from, to, features.narrow(1, 0, to - from));
        });
    }

    private DeviceTensor computed(int index) {
        DeviceTensor block = DeviceTensor.ones(layer.precision(), layer.columns(), BLOCK);
        try (Scope scope = Scope.open()) {
            fill(block, index);
        }
        return block;
    }

    /**
     * Returns the columns of some examples, [n+1, indices]; one pass.
     *
     * @param indices ascending
     */
    DeviceTensor columns(int[] indices) {
        DeviceTensor columns = DeviceTensor.zeros(layer.precision(), layer.columns(), indices.length);
        inOrder((from, to, features) -> {
            int first = firstAtLeast(indices, from);
            int last = firstAtLeast(indices, to);
            if (first < last) {
                int[] within =
                        Arrays.stream(indices, first, last).map(i -> i - from).toArray();
                columns.narrow(1, first, last - first).copyFrom(features.columns(within));
            }
            return from;
        });
        return columns;
    }

    private static int firstAtLeast(int[] ascending, int value) {
        int place = Arrays.binarySearch(ascending, value);
        return place >= 0 ? place : -place - 1;
    }
}
