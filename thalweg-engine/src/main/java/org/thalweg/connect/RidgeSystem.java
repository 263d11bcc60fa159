package org.thalweg.connect;

import java.util.Optional;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.SymmetricMatrix;
import org.thalweg.network.Precision;

/**
 * The equations (G + ρτI) X = R of a least-squares fit with a Gram matrix G = ΦΦᵀ, [n, n], and τ = tr(G)/n, factored once for
 * any number of right sides: n³/3 multiply-adds, then n² for each column of R. Belongs to the scope it was made in.
 */
final class RidgeSystem {
    private final SymmetricMatrix shifted; // G + ρτI
    private final double shift; // ρτ
    private final Precision products;
    private final Optional<SymmetricMatrix.Factor> factor;

    /**
     * Factors the equations.
     *
     * @param gram G, its lower triangle; overwritten
     * @param ridge ρ, at least 0
     * @param products the precision in which G's products were taken
     */
    RidgeSystem(DeviceTensor gram, double ridge, Precision products) {
        SymmetricMatrix whole = new SymmetricMatrix(gram);
        this.shift = ridge * whole.trace() / gram.extent(0);
        this.shifted = whole.shiftInPlace(shift);
        this.products = products;
        this.factor = ridge == 0 ? Optional.empty() : shifted.factor();
    }

    /** Returns X, [n, units]. */
    DeviceTensor solve(DeviceTensor right) {
        return factor.isPresent() ? factor.get().solve(right) : leastChange(right);
    }

    // X = V diag(1/(λ + ρτ)) Vᵀ R over the eigenvalues λ of the Gram matrix above n ε λmax: the least X where it is
    // singular
    // (a dead unit), or indefinite by the rounding of its products, which Cholesky cannot factor if the ridge is
    // smaller than
    // that rounding.
    private DeviceTensor leastChange(DeviceTensor right) {
        SymmetricMatrix.Eigen eigen = shifted.eigen();
        double[] inverse = eigen.values().toDoubles();
        double epsilon = products == Precision.FLOAT32 ? 0x1p-23 : 0x1p-52;
        double least = shift + inverse.length * epsilon * (inverse[inverse.length - 1] - shift);
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = inverse[i] > least ? 1 / inverse[i] : 0;
        }
        DeviceTensor projected = eigen.vectors().transposed().times(right); // [n, units]
        return eigen.vectors().times(projected.scaleInPlace(DeviceTensor.of(inverse, inverse.length, 1)));
    }
}
