package org.thalweg.engine;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A symmetric matrix in native memory, such as a Gram matrix: what stands above its diagonal is never read.
 *
 * @param lower the matrix, [n, n], of which the lower triangle counts; not copied
 */
public record SymmetricMatrix(DeviceTensor lower) {
    /** Returns the product with a matrix, [n, m]. */
    public DeviceTensor times(DeviceTensor right) {
        Tensor below = lower.handle().tril(-1);
        Tensor product = lower.handle().tril().matmul(right.handle());
        return DeviceTensor.of(product.add_(below.t().matmul(right.handle())));
    }

    /** Returns the sum of the diagonal. */
    public double trace() {
        return lower.handle().trace().item_double();
    }

    /** Adds {@code value} to every element of the diagonal. */
    public SymmetricMatrix shiftInPlace(double value) {
        lower.handle().diagonal().add_(new Scalar(value));
        return this;
    }

    /** Returns the Cholesky factor, n³/3 multiply-adds, if the matrix is positive definite. */
    public Optional<Factor> factor() {
        return Kernel.run("Cholesky factor", () -> {
            T_TensorTensor_T both = torch.linalg_cholesky_ex(lower.handle(), false, false);
            boolean factored = both.get1().item_int() == 0; // else the order of the minor that is not positive
            return factored ? Optional.of(new Factor(DeviceTensor.of(both.get0()))) : Optional.empty();
        });
    }

    /** Returns the eigenvalues and eigenvectors. */
    public Eigen eigen() {
        return Kernel.run("eigenvalues", () -> {
            T_TensorTensor_T both = torch.linalg_eigh(lower.handle());
            return new Eigen(DeviceTensor.of(both.get0()), DeviceTensor.of(both.get1()));
        });
    }

    /**
     * L with L Lᵀ = the matrix.
     *
     * @param lower L, [n, n]
     */
    public record Factor(DeviceTensor lower) {
        /** Returns X with L Lᵀ X = {@code right}; n² multiply-adds per column. */
        public DeviceTensor solve(DeviceTensor right) {
            return Kernel.run(
                    "Cholesky solve",
                    () -> DeviceTensor.of(torch.cholesky_solve(right.handle(), lower.handle(), false)));
        }
    }

    /**
     * Eigenvalues and eigenvectors.
     *
     * @param values ascending, [n]
     * @param vectors as columns, [n, n]
     */
    public record Eigen(DeviceTensor values, DeviceTensor vectors) {}
}
