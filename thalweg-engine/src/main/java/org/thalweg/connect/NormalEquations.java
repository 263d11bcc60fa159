package org.thalweg.connect;

import java.io.Serializable;
import java.util.Arrays;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.network.Precision;

/**
 * The normal equations of a least-squares fit of a layer, summed over strips of columns: ΦΦᵀ, [d+1, d+1], and Φ Rᵀ,
 * [d+1, units], R being what is to be fitted. Products in the features' precision, sums in float64, in fixed tiles. Belongs to
 * the scope it was made in.
 */
final class NormalEquations {
    private static final int TILE = 512; // rows of the right side that one task sums

    private final Engine engine;
    private final GramMatrix gram;
    private final DeviceTensor right;

    /** Begins at zero. */
    NormalEquations(Engine engine, LayerMatrix matrix) {
        this.engine = engine;
        this.gram = new GramMatrix(engine, matrix.columns());
        this.right = DeviceTensor.zeros(Precision.FLOAT64, matrix.columns(), matrix.units());
    }

    /** Adds ΦΦᵀ and ΦRᵀ of a strip of n columns: Φ [d+1, n], R [units, n]. */
    void add(DeviceTensor features, DeviceTensor fitted) {
        int rows = right.extent(0);
        engine.inOrder((rows + TILE - 1) / TILE, tile -> {
            int height = Math.min(TILE, rows - tile * TILE);
            DeviceTensor some = features.narrow(0, tile * TILE, height);
            right.narrow(0, tile * TILE, height).addInPlace(some.times(fitted.transposed()), 1);
            return tile;
        });
        gram.add(features);
    }

    /** Returns the X of (ΦΦᵀ + ρτI) X = ΦRᵀ, [d+1, units]; once, for the sum is overwritten. */
    DeviceTensor solved(double ridge, Precision products) {
        return new RidgeSystem(gram.lower(), ridge, products).solve(right);
    }

    /** Returns the sums as they are sent to another process. */
    Sums sums() {
        return new Sums(gram.lower().toDoubles(), right.toDoubles());
    }

    /** Adds sums that another process took. */
    void add(Sums sums) {
        int rows = right.extent(0);
        gram.lower().addInPlace(DeviceTensor.of(sums.gram, rows, rows), 1);
        right.addInPlace(DeviceTensor.of(sums.right, rows, right.extent(1)), 1);
    }

    /** Returns the bytes of the sums: 8 (d+1) (d+1+units). */
    static double bytes(LayerMatrix matrix) {
        double d = matrix.columns();
        return Double.BYTES * d * (d + matrix.units());
    }

    /** The sums, row-major, on the Java heap. */
    static final class Sums implements Serializable {
        private static final long serialVersionUID = 1L;

        private final double[] gram; // ΦΦᵀ, its lower triangle
        private final double[] right; // ΦRᵀ

        private Sums(double[] gram, double[] right) {
            this.gram = gram;
            this.right = right;
        }

        /** Adds the other's. */
        void add(Sums other) {
            Arrays.setAll(gram, i -> gram[i] + other.gram[i]);
            Arrays.setAll(right, i -> right[i] + other.right[i]);
        }
    }
}
