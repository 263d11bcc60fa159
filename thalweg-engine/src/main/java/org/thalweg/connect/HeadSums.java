package org.thalweg.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.SymmetricMatrix;
import org.thalweg.network.Precision;

/**
 * The normal equations of {@link HeadFit} on some of the examples, summed strip by strip: ΦΦᵀ, and ΦYᵀ of each network.
 * Products in the features' precision, sums in float64, in fixed tiles. Belongs to the scope it was made in; one thread.
 */
final class HeadSums {
    private static final int TILE = 512; // rows of a right side that one task sums

    private final Engine engine;
    private final LayerMatrix matrix;
    private final ColumnSample sample;
    private final IntPredicate examples;
    private final GramMatrix gram;
    private List<DeviceTensor> rights = List.of(); // ΦYᵀ [d+1, units] of each network
    private List<DeviceTensor> features = List.of(); // Φ of the strip that is worked on

    /**
     * Begins at zero.
     *
     * @param examples which of the examples that are used belong to it
     */
    HeadSums(Engine engine, LayerMatrix matrix, ColumnSample sample, IntPredicate examples) {
        this.engine = engine;
        this.matrix = matrix;
        this.sample = sample;
        this.examples = examples;
        this.gram = new GramMatrix(engine, matrix.columns());
    }

    /** Begins the right sides of {@code networks} networks, which belong to the current scope. */
    void begin(int networks) {
        List<DeviceTensor> zeros = new ArrayList<>();
        for (int i = 0; i < networks; i++) {
            zeros.add(DeviceTensor.zeros(Precision.FLOAT64, matrix.columns(), matrix.units()));
        }
        rights = zeros;
    }

    /** Takes the features of examples {@code first} … {@code last}−1 to work on, until the current scope ends. */
    void take(DeviceTensor all, int first, int last) {
        features = List.of(own(all, first, last));
    }

    private DeviceTensor own(DeviceTensor columns, int first, int last) {
        int per = sample.perExample();
        int[] own = IntStream.range(0, (last - first) * per)
                .filter(column -> examples.test(first + column / per))
                .toArray();
        return own.length == columns.extent(1) ? columns : columns.columns(own);
    }

    /** Adds ΦΦᵀ. */
    void addGram() {
        gram.add(features.get(0));
    }

    /** Adds ΦYᵀ of network {@code index}, Y being the outputs that examples {@code first} … {@code last}−1 should have. */
    void addRight(int index, DeviceTensor all, int first, int last) {
        DeviceTensor phi = features.get(0);
        DeviceTensor targets = own(all, first, last);
        DeviceTensor right = rights.get(index);
        engine.inOrder((matrix.columns() + TILE - 1) / TILE, tile -> {
            int height = Math.min(TILE, matrix.columns() - tile * TILE);
            DeviceTensor rows = phi.narrow(0, tile * TILE, height);
            right.narrow(0, tile * TILE, height).addInPlace(rows.times(targets.transposed()), 1);
            return tile;
        });
    }

    /** Returns ΦΦᵀ, its lower triangle. */
    DeviceTensor gram() {
        return gram.lower();
    }

    /** Returns ΦYᵀ of network {@code index}. */
    DeviceTensor right(int index) {
        return rights.get(index);
    }

    /**
     * Returns ‖WΦ − Y‖² less ‖Y‖², which is the same for every W: tr(W ΦΦᵀ Wᵀ) − 2 tr(W ΦYᵀ).
     *
     * @param transposed Wᵀ, [d+1, units]
     */
    double misfit(int index, DeviceTensor transposed) {
        DeviceTensor seen = new SymmetricMatrix(gram.lower()).times(transposed); // [d+1, units]
        return transposed.product(seen.addInPlace(rights.get(index), -2)).total();
    }
}
