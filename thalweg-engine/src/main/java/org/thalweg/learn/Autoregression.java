package org.thalweg.learn;

import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Permutation;

/**
 * An autoregressive layer. Coordinates listed in {@code order}, {@code z_i = (x_i − m_i(x_<i)) e^{−s_i(x_<i)}}, log det = −Σ s
 * (Kingma et al. 2016, arXiv:1606.04934; as a masked network, Germain et al. 2015, arXiv:1502.03509). The output is in the
 * new order.
 *
 * <p>The inverse repeats x ← m(x) + z e^{s(x)}: after k sweeps the first k coordinates are exact, so D sweeps always suffice;
 * a good guess takes a dozen. Where values overflow on the way it is solved coordinate by coordinate. Gradients pass the
 * inverse implicitly: with J = ∂z/∂x and the gradient g of x, solve Jᵀv = g by the same kind of iteration; v is the gradient of z,
 * −vᵀ ∂z/∂w that of the parameters. No sweep is kept.
 *
 * @param order which coordinate comes where, of D
 * @param conditioner x -> (m, s before its bound), masked
 * @param bound of s
 */
record Autoregression(Permutation order, Conditioner conditioner, double bound) implements MapLayer {
    /** m and s at some x. */
    private record Moves(Conditioner.Values values, DeviceTensor shift, LogScale scale) {}

    private Moves moves(DeviceTensor listed) {
        Conditioner.Values values = conditioner.run(listed);
        int d = order.size();
        return new Moves(
                values,
                values.output().narrow(0, 0, d),
                LogScale.ofInPlace(values.output().narrow(0, d, d), bound));
    }

    @Override
    public Passage forward(DeviceTensor x) {
        DeviceTensor listed = x.rows(order.toArray());
        Moves moves = moves(listed);
        DeviceTensor factors = moves.scale().inverseFactors();
        DeviceTensor z = listed.minus(moves.shift()).scaleInPlace(factors);
        DeviceTensor logDeterminant = moves.scale().sums().scaleInPlace(-1);
        return new Passage(z, logDeterminant, (above, ofLogDeterminant, sink) -> {
            DeviceTensor direct = above.product(factors);
            return through(moves, above, z, direct, ofLogDeterminant, sink)
                    .addInPlace(direct, 1)
                    .rows(order.inverse().toArray());
        });
    }

    /**
     * Returns what the gradient of z adds to that of x by way of m and s: ∂z/∂m = −e^{−s}, ∂z/∂s = −z.
     *
     * @param direct e^{−s} times that gradient
     */
    private DeviceTensor through(
            Moves moves,
            DeviceTensor above,
            DeviceTensor z,
            DeviceTensor direct,
            double ofLogDeterminant,
            Gradients sink) {
        DeviceTensor ofS = above.product(z).shiftInPlace(ofLogDeterminant).scaleInPlace(-1);
        DeviceTensor ofOutput = direct.times(-1.0).atop(moves.scale().back(ofS));
        return conditioner.back(moves.values(), ofOutput, sink);
    }

    @Override
    public Passage inverse(DeviceTensor z, DeviceTensor guess) {
        DeviceTensor x = new TriangularSolve(conditioner, bound).solve(z, guess.rows(order.toArray()));
        Moves moves = moves(x);
        DeviceTensor factors = moves.scale().inverseFactors();
        DeviceTensor logDeterminant = moves.scale().sums();
        return new Passage(x.rows(order.inverse().toArray()), logDeterminant, (above, ofLogDeterminant, sink) -> {
            if (ofLogDeterminant != 0) {
                throw new IllegalArgumentException("the likelihood is trained towards noise, not away from it.");
            }
            DeviceTensor v = transposedSolve(moves, z, factors, above.rows(order.toArray()));
            through(moves, v.times(-1.0), z, v.product(factors).scaleInPlace(-1), 0, sink);
            return v;
        });
    }

    // J^T v = e^(-s) v + (what v does by way of m and s) = g, so v <- e^s (g - that): triangular too, exact after D
    // sweeps
    private DeviceTensor transposedSolve(Moves moves, DeviceTensor z, DeviceTensor factors, DeviceTensor g) {
        DeviceTensor inverse = moves.scale().factors();
        return TriangularSolve.repeat(g.product(inverse), order.size(), v -> {
            DeviceTensor by = through(moves, v, z, v.product(factors), 0, Gradients.NONE);
            return g.minus(by).scaleInPlace(inverse);
        });
    }
}
