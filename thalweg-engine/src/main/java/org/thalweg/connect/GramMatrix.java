package org.thalweg.connect;

import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.network.Precision;

/**
 * The sum of ΦΦᵀ over strips of features Φ [n, N]: products in the features' precision, sums in float64, some rows of the
 * lower triangle at a time, which is all that is ever written. These are fixed, so the bits do not depend on the number of threads.
 * Belongs to the scope it was made in; n² N multiply-adds per strip, half of them saved.
 */
final class GramMatrix {
    private static final int TILE = 256; // rows that one task sums, up to the diagonal

    private final Engine engine;
    private final DeviceTensor sum; // [n, n]

    GramMatrix(Engine engine, int size) {
        this.engine = engine;
        this.sum = DeviceTensor.zeros(Precision.FLOAT64, size, size);
    }

    /** Adds ΦΦᵀ. */
    void add(DeviceTensor features) {
        int size = sum.extent(0);
        int tiles = (size + TILE - 1) / TILE;
        engine.inOrder(tiles, tile -> {
            addRows(features, (tiles - 1 - tile) * TILE); // the longest first, so that threads end together
            return tile;
        });
    }

    private void addRows(DeviceTensor features, int row) {
        int height = Math.min(TILE, sum.extent(0) - row);
        int width = row + height;
        DeviceTensor product = features.narrow(0, row, height)
                .times(features.narrow(0, 0, width).transposed());
        sum.narrow(0, row, height).narrow(1, 0, width).addInPlace(product, 1);
    }

    /** Returns the sum itself; above the diagonal it holds nothing of meaning. */
    DeviceTensor lower() {
        return sum;
    }
}
