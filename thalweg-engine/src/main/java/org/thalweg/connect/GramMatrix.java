package org.thalweg.connect;

import java.util.stream.IntStream;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.network.Precision;

/**
 * The sum of ΦΦᵀ over strips of features Φ [n, N]: products in the features' precision, sums in float64, tile by tile of the
 * lower triangle, which is all that is ever written. Tiles are fixed, so the bits do not depend on the number of threads.
 * Belongs to the scope it was made in; n² N multiply-adds per strip, half of them saved.
 */
final class GramMatrix {
    private static final int TILE = 512; // rows and columns that one task sums

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
        int[] rows = IntStream.range(0, tiles)
                .flatMap(i -> IntStream.rangeClosed(0, i).map(j -> i))
                .toArray();
        int[] columns = IntStream.range(0, tiles)
                .flatMap(i -> IntStream.rangeClosed(0, i))
                .toArray();
        engine.inOrder(rows.length, tile -> {
            addTile(features, rows[tile] * TILE, columns[tile] * TILE);
            return tile;
        });
    }

    private void addTile(DeviceTensor features, int row, int column) {
        int height = Math.min(TILE, sum.extent(0) - row);
        int width = Math.min(TILE, sum.extent(0) - column);
        DeviceTensor product = features.narrow(0, row, height)
                .times(features.narrow(0, column, width).transposed());
        sum.narrow(0, row, height).narrow(1, column, width).addInPlace(product, 1);
    }

    /** Returns the sum itself; above the diagonal it holds nothing of meaning. */
    DeviceTensor lower() {
        return sum;
    }
}
