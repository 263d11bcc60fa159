package org.thalweg.connect;

import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

/**
 * Fits an output layer to given outputs by least squares with a pull towards a prior:
 *
 * <pre>
 * W = argmin ‖W Φ − Y‖² + ρ τ ‖W − P‖²,  Φ = [φ(W1 X + b1); 1],  τ = tr(ΦΦᵀ)/(n+1),  W = [W2 b2]
 * W = P + Δ,  (ΦΦᵀ + ρτ I) Δᵀ = Φ (Y − PΦ)ᵀ
 * </pre>
 *
 * The right side comes from the residual Y − PΦ of each block: ΦYᵀ − ΦΦᵀPᵀ would cancel. The Gram matrix is summed over
 * strips of examples, products in the networks' precision, sums in float64, tile by tile of its lower triangle; strips and
 * tiles are fixed, so the bits do not depend on the number of threads. Cost per solve: N n² multiply-adds for the Gram
 * matrix (half of the square), N n d for the features, n³/3 for the Cholesky factor; memory (n+1)·STRIP values and 8 (n+1)²
 * bytes. Belongs to the scope it was made in.
 */
final class OutputFit {
    private static final int STRIP = 4096; // examples: 32 MB of features at n = 2000
    private static final int BLOCK = 512; // examples of a strip whose features are computed together

    private final TwoLayer layers;
    private final Engine engine;
    private final Examples train;
    private final double ridge;
    private final DeviceTensor outputs; // Y [c, N]
    private final Precision precision;
    private final OutputLayer output;
    private final int unknowns; // n + 1, or n without biases

    private OutputFit(Network a, TwoLayer layers, Engine engine, Examples train, double ridge) {
        this.layers = layers;
        this.engine = engine;
        this.train = train;
        this.ridge = ridge;
        this.precision = a.weights().precision();
        this.output = OutputLayer.of(a);
        this.unknowns = output.columns();
        this.outputs = DeviceTensor.zeros(precision, output.classes(), train.count());
    }

    /** Returns the fit to the logits of {@code a} on the training examples, which are computed here. */
    static OutputFit toOutputsOf(Network a, TwoLayer layers, Engine engine, Examples train, double ridge) {
        Alike.requireFits(a.architecture(), train);
        OutputFit fit = new OutputFit(a, layers, engine, train, ridge);
        try (Scope scope = Scope.open()) {
            DeviceNetwork network = DeviceNetwork.load(a.architecture(), a.weights());
            fit.inBlocks(0, train.count(), (from, to) -> {
                DeviceTensor logits = network.logits(Blocks.inputs(train, from, to, fit.precision));
                fit.outputs.narrow(1, from, to - from).copyFrom(logits);
            });
        }
        return fit;
    }

    private interface BlockWork {
        void run(int from, int to);
    }

    private void inBlocks(int from, int to, BlockWork work) {
        int blocks = (to - from + BLOCK - 1) / BLOCK;
        engine.inOrder(blocks, b -> {
            work.run(from + b * BLOCK, Math.min(to, from + (b + 1) * BLOCK));
            return b;
        });
    }

    /**
     * Returns the fitted output layer.
     *
     * @param point where the hidden layer is taken from
     * @param prior P: the output layer's weight [c, n] and, where there is one, bias [c]
     */
    Weights solve(Weights point, Weights prior) {
        try (Scope scope = Scope.open()) {
            DeviceTensor p = DeviceTensor.of(output.joined(prior).toArray(), output.classes(), unknowns)
                    .to(precision); // [c, n+1]
            GramMatrix gram = new GramMatrix(engine, unknowns);
            DeviceTensor right = DeviceTensor.zeros(Precision.FLOAT64, unknowns, p.extent(0));
            DeviceNetwork hidden = DeviceNetwork.load(layers.architecture(), point);
            DeviceTensor strip =
                    DeviceTensor.ones(precision, unknowns, Math.min(STRIP, train.count())); // last row stays 1
            for (int from = 0; from < train.count(); from += STRIP) {
                int to = Math.min(train.count(), from + STRIP);
                accumulate(hidden, strip, p, gram, right, from, to);
            }
            DeviceTensor change = solved(gram.lower(), right); // [n+1, c]
            return output.split(Vector.owning(
                    p.to(Precision.FLOAT64).plus(change.transposed()).toDoubles()));
        }
    }

    private void accumulate(
            DeviceNetwork hidden,
            DeviceTensor strip,
            DeviceTensor p,
            GramMatrix gram,
            DeviceTensor right,
            int from,
            int to) {
        try (Scope scope = Scope.open()) {
            DeviceTensor features = strip.narrow(1, 0, to - from); // Φ of these examples [n+1, N]
            inBlocks(from, to, (first, last) -> {
                DeviceTensor x = Blocks.inputs(train, first, last, precision);
                DeviceTensor active = hidden.run(0, layers.output().position(), x);
                features.narrow(0, 0, layers.size())
                        .narrow(1, first - from, last - first)
                        .copyFrom(active);
            });
            DeviceTensor residual = outputs.narrow(1, from, to - from).minus(p.times(features)); // [c, N]
            right.addInPlace(features.times(residual.transposed()), 1);
            gram.add(features);
        }
    }

    private DeviceTensor solved(DeviceTensor gram, DeviceTensor right) {
        double shift = ridge * gram.trace() / unknowns; // ρτ
        gram.addToDiagonalInPlace(shift);
        Optional<DeviceTensor> factor = ridge == 0 ? Optional.empty() : gram.cholesky();
        return factor.isPresent() ? factor.get().choleskySolve(right) : leastChange(gram, shift, right);
    }

    // Δᵀ = V diag(1/(λ + ρτ)) Vᵀ R over the eigenvalues λ of the Gram matrix above (n+1) ε λmax: the least deviation
    // from P where it is singular (a dead unit), or indefinite by the rounding of its products, which Cholesky cannot
    // factor if the ridge is smaller than that rounding.
    private DeviceTensor leastChange(DeviceTensor shifted, double shift, DeviceTensor right) {
        DeviceTensor.Eigen eigen = shifted.eigen();
        double[] inverse = eigen.values().toDoubles();
        double epsilon = precision == Precision.FLOAT32 ? 0x1p-23 : 0x1p-52;
        double least = shift + unknowns * epsilon * (inverse[inverse.length - 1] - shift);
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = inverse[i] > least ? 1 / inverse[i] : 0;
        }
        DeviceTensor projected = eigen.vectors().transposed().times(right); // [n+1, c]
        return eigen.vectors().times(projected.scaleInPlace(DeviceTensor.of(inverse, inverse.length, 1)));
    }
}
