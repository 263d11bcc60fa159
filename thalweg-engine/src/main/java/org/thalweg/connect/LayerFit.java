package org.thalweg.connect;

import org.thalweg.data.Examples;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Work;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

/**
 * Fits one layer to A's pre-activations by least squares with a pull towards a prior:
 *
 * <pre>
 * W = argmin ‖W Φ − Y‖² + ρ τ ‖W − P‖²,  Φ = [f; 1],  τ = tr(ΦΦᵀ)/(d+1),  W = [w b]
 * W = P + Δ,  (ΦΦᵀ + ρτ I) Δᵀ = Φ (Y − PΦ)ᵀ
 * </pre>
 *
 * where f is what the layers below make of the training examples (of a convolution what its window sees: {@link
 * ColumnSample}) and Y what A's own layer makes of A's features. The right side comes from the residual Y − PΦ of each block:
 * ΦYᵀ − ΦΦᵀPᵀ would cancel.
 *
 * <p>The sums over the examples are taken here ({@link LayerSums}), or where the examples are ({@link ExampleSums}). Work per fit
 * of N columns: N d² multiply-adds for the Gram matrix (half of the square), the
 * layers between {@code from} and the fitted one, N d units for the residual, d³/3 for the Cholesky factor; memory Y, one strip
 * and 8 (d+1)² bytes. Belongs to the scope it was made in.
 */
final class LayerFit {
    private final Engine engine;
    private final LayerProblem problem;
    private final double ridge;
    private final Sums sums;

    /** Takes the sums of one solve. */
    private interface Sums {
        NormalEquations at(Weights point, Weights prior);
    }

    /**
     * Prepares the sums over the training examples.
     *
     * @param layer the layer that is fitted
     * @param from position of the lowest layer that differs between the fits, at most the layer's
     * @param resting weights of the layers below {@code from}
     * @param a the network whose pre-activations of the layer are kept
     */
    LayerFit(ConnectContext context, Examples train, Affine layer, int from, Weights resting, Network a) {
        this.engine = context.engine();
        this.ridge = context.settings().ridge();
        this.problem = new LayerProblem(
                ColumnSample.of(a.architecture(), layer, train.count()), from, a.architecture(), resting, a.weights());
        this.sums = context.elsewhere().map(this::there).orElseGet(() -> here(train));
    }

    private Sums here(Examples train) {
        LayerSums own = new LayerSums(engine, problem, train, 0);
        return (point, prior) -> own.at(point, problem.joined(prior));
    }

    private Sums there(ExampleSums elsewhere) {
        return (point, prior) -> {
            NormalEquations sum = new NormalEquations(engine, problem.matrix());
            sum.add(elsewhere.of(new PartialLayerSums(problem, point, prior)));
            return sum;
        };
    }

    /** Returns what fits of layer k+1 of a transition take, layer k and it being all that moves. */
    static Work cost(Sizes sizes, Transition transition, int solves) {
        Affine fitted = transition.next();
        int from = transition.layer().position();
        ColumnSample sample = ColumnSample.of(sizes.a(), fitted, sizes.examples());
        LayerMatrix matrix = new LayerMatrix(fitted, sizes.precision());
        double taken = sample.taken();
        double n = sample.columns();
        double d = matrix.columns();
        double units = matrix.units();
        double kept = taken
                * sizes.a().shapeBefore(from).elements()
                * matrix.precision().bytes();
        boolean recomputes = from > 0 && kept > LayerSums.keptBytes(sizes.cacheBytes());
        double once = taken
                * (sizes.layers(0, fitted.position() + 1).multiplyAdds()
                        + sizes.layers(0, from).multiplyAdds());
        double each =
                taken * sizes.layers(recomputes ? 0 : from, fitted.position()).multiplyAdds();
        double product = n * d * d / 2 + 2 * n * d * units + d * d * d / 6 + d * d * units;
        double width = sample.products(matrix).bytes();
        double bytes = (recomputes ? 0 : kept) + width * (n * units + d * Math.min(n, LayerSums.STRIP)) + 2 * 8 * d * d;
        return new Work(once + solves * each, solves * product, bytes, recomputes);
    }

    /** Returns a prior of zeros. */
    Weights zero() {
        LayerMatrix matrix = problem.matrix();
        return matrix.split(new double[matrix.units() * matrix.columns()]);
    }

    /**
     * Returns the fitted layer.
     *
     * @param point weights of the layers from {@code from} to the fitted one
     * @param prior P: the layer's weight and, where there is one, bias
     */
    Weights solve(Weights point, Weights prior) {
        try (Scope scope = Scope.open()) {
            DeviceTensor change = sums.at(point, prior).solved(ridge, problem.products()); // [d+1, units]
            DeviceTensor fitted = problem.joined(prior).to(Precision.FLOAT64).plus(change.transposed());
            return problem.matrix().split(fitted.toDoubles());
        }
    }
}
