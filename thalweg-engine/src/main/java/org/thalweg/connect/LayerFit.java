package org.thalweg.connect;

import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Work;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
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
 * ΦYᵀ − ΦΦᵀPᵀ would cancel. The Gram matrix is summed over strips of columns, products in the networks' precision (with few
 * columns in float64), sums in float64, tile by tile of its lower triangle; strips and tiles are fixed, so the bits do not depend on the number of threads.
 *
 * <p>Only layers from {@code from} on differ between the fits; what the layers below it make is computed once and kept if
 * {@link #KEPT_BYTES} hold it. Work per fit of N columns: N d² multiply-adds for the Gram matrix (half of the square), the
 * layers between {@code from} and the fitted one, N d units for the residual, d³/3 for the Cholesky factor; memory Y, one strip
 * and 8 (d+1)² bytes. Belongs to the scope it was made in.
 */
final class LayerFit {
    private static final int STRIP = 4096; // columns: 32 MB of features at d = 2000
    private static final int BLOCK = 512; // columns of a strip that one task computes
    private static final int TILE = 512; // rows of the right side that one task sums

    /** What the resting layers make of the examples is kept if it takes no more native memory, nor more than a worker may keep. */
    private static final long KEPT_BYTES = 1L << 30;

    private final Engine engine;
    private final Examples train;
    private final Architecture architecture;
    private final LayerMatrix matrix;
    private final int from;
    private final double ridge;
    private final ColumnSample sample;
    private final Precision precision;
    private final Precision products; // in which Φ is multiplied
    private final DeviceNetwork below; // layers 0 … from-1
    private final Optional<DeviceTensor> kept; // what they make of the examples that are used
    private final DeviceTensor targets; // Y [units, columns]

    /**
     * Computes Y and what rests.
     *
     * @param layer the layer that is fitted
     * @param from position of the lowest layer that differs between the fits, at most the layer's
     * @param resting weights of the layers below {@code from}
     * @param a the network whose pre-activations of the layer are kept
     */
    LayerFit(ConnectContext context, Examples train, Affine layer, int from, Weights resting, Network a) {
        this.engine = context.engine();
        this.train = train;
        this.architecture = a.architecture();
        this.precision = a.weights().precision();
        this.matrix = new LayerMatrix(layer, precision);
        this.from = from;
        this.ridge = context.settings().ridge();
        this.sample = ColumnSample.of(architecture, layer, train.count());
        this.below = DeviceNetwork.load(0, from, architecture, resting);
        this.kept = keep();
        this.products = sample.products(matrix);
        this.targets = DeviceTensor.zeros(products, matrix.units(), sample.columns());
        try (Scope scope = Scope.open()) {
            DeviceNetwork own = DeviceNetwork.load(0, layer.position() + 1, architecture, a.weights());
            inBlocks(0, sample.taken(), (first, last) -> {
                DeviceTensor made = own.run(0, layer.position() + 1, inputs(first, last));
                targets.narrow(1, first * sample.perExample(), (last - first) * sample.perExample())
                        .copyFrom(sample.made(made, first, last));
            });
        }
    }

    private static long keptBytes(long cacheBytes) {
        return Math.min(KEPT_BYTES, cacheBytes);
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
        boolean recomputes = from > 0 && kept > keptBytes(sizes.cacheBytes());
        double once = taken
                * (sizes.layers(0, fitted.position() + 1).multiplyAdds()
                        + sizes.layers(0, from).multiplyAdds());
        double each =
                taken * sizes.layers(recomputes ? 0 : from, fitted.position()).multiplyAdds();
        double product = n * d * d / 2 + 2 * n * d * units + d * d * d / 6 + d * d * units;
        double width = sample.products(matrix).bytes();
        double bytes = (recomputes ? 0 : kept) + width * (n * units + d * Math.min(n, STRIP)) + 2 * 8 * d * d;
        return new Work(once + solves * each, solves * product, bytes, recomputes);
    }

    private DeviceTensor inputs(int first, int last) {
        return Blocks.inputs(train, sample.indices(first, last), precision);
    }

    private Optional<DeviceTensor> keep() {
        Shape shape = architecture.shapeBefore(from);
        long bytes = (long) sample.taken() * shape.elements() * precision.bytes();
        if (from == 0 || bytes > keptBytes(engine.cacheBytes())) {
            return Optional.empty();
        }
        boolean images = shape.rank() == 3;
        DeviceTensor all = images
                ? DeviceTensor.zeros(precision, sample.taken(), shape.extent(0), shape.extent(1), shape.extent(2))
                : DeviceTensor.zeros(precision, shape.elements(), sample.taken());
        inBlocks(
                0,
                sample.taken(),
                (first, last) -> all.narrow(images ? 0 : 1, first, last - first)
                        .copyFrom(below.run(0, from, inputs(first, last))));
        return Optional.of(all);
    }

    private DeviceTensor resting(int first, int last) {
        if (from == 0) {
            return inputs(first, last);
        }
        boolean images = architecture.shapeBefore(from).rank() == 3;
        return kept.map(all -> all.narrow(images ? 0 : 1, first, last - first))
                .map(part -> images ? part.channelsLast() : part)
                .orElseGet(() -> below.run(0, from, inputs(first, last)));
    }

    /** Returns a prior of zeros. */
    Weights zero() {
        return matrix.split(new double[matrix.units() * matrix.columns()]);
    }

    /** Works on examples {@code first} … {@code last}−1 of those that are used. */
    private interface BlockWork {
        void run(int first, int last);
    }

    private void inBlocks(int first, int last, BlockWork work) {
        int examples = Math.max(1, BLOCK / sample.perExample());
        int blocks = (last - first + examples - 1) / examples;
        engine.inOrder(blocks, b -> {
            work.run(first + b * examples, Math.min(last, first + (b + 1) * examples));
            return b;
        });
    }

    /**
     * Returns the fitted layer.
     *
     * @param point weights of the layers from {@code from} to the fitted one
     * @param prior P: the layer's weight and, where there is one, bias
     */
    Weights solve(Weights point, Weights prior) {
        try (Scope scope = Scope.open()) {
            int unknowns = matrix.columns();
            DeviceTensor p = DeviceTensor.of(matrix.joined(prior), matrix.units(), unknowns)
                    .to(products); // [units, d+1]
            Normal normal = new Normal(p);
            DeviceNetwork moving = DeviceNetwork.load(from, matrix.layer().position(), architecture, point);
            int examples = Math.max(1, STRIP / sample.perExample());
            DeviceTensor strip = DeviceTensor.ones(
                    products, unknowns, Math.min(examples, sample.taken()) * sample.perExample()); // last row stays 1
            for (int first = 0; first < sample.taken(); first += examples) {
                int last = Math.min(sample.taken(), first + examples);
                try (Scope inner = Scope.open()) {
                    normal.add(features(moving, strip, first, last), first * sample.perExample());
                }
            }
            DeviceTensor change = normal.solved(); // [d+1, units]
            return matrix.split(
                    p.to(Precision.FLOAT64).plus(change.transposed()).toDoubles());
        }
    }

    /** Returns Φ of these examples, [d+1, columns], written into {@code strip}. */
    private DeviceTensor features(DeviceNetwork moving, DeviceTensor strip, int first, int last) {
        int per = sample.perExample();
        DeviceTensor features = strip.narrow(1, 0, (last - first) * per);
        inBlocks(first, last, (begin, end) -> {
            DeviceTensor values = moving.run(from, matrix.layer().position(), resting(begin, end));
            features.narrow(0, 0, matrix.inputs())
                    .narrow(1, (begin - first) * per, (end - begin) * per)
                    .copyFrom(sample.seen(values, begin, end));
        });
        return features;
    }

    /** The normal equations of one fit, summed strip by strip. */
    private final class Normal {
        private final DeviceTensor prior; // P [units, d+1]
        private final GramMatrix gram;
        private final DeviceTensor right; // Φ (Y - PΦ)ᵀ [d+1, units]

        Normal(DeviceTensor prior) {
            this.prior = prior;
            this.gram = new GramMatrix(engine, matrix.columns());
            this.right = DeviceTensor.zeros(Precision.FLOAT64, matrix.columns(), matrix.units());
        }

        /** Adds features [d+1, n], whose targets begin at column {@code column}. */
        void add(DeviceTensor features, int column) {
            int columns = features.extent(1);
            DeviceTensor residual = DeviceTensor.zeros(products, matrix.units(), columns);
            engine.inOrder((columns + BLOCK - 1) / BLOCK, b -> {
                int width = Math.min(BLOCK, columns - b * BLOCK);
                DeviceTensor part = features.narrow(1, b * BLOCK, width);
                residual.narrow(1, b * BLOCK, width)
                        .copyFrom(targets.narrow(1, column + b * BLOCK, width).minus(prior.times(part)));
                return b;
            });
            engine.inOrder((matrix.columns() + TILE - 1) / TILE, tile -> {
                int height = Math.min(TILE, matrix.columns() - tile * TILE);
                DeviceTensor rows = features.narrow(0, tile * TILE, height);
                right.narrow(0, tile * TILE, height).addInPlace(rows.times(residual.transposed()), 1);
                return tile;
            });
            gram.add(features);
        }

        /** Returns Δᵀ, [d+1, units]. */
        DeviceTensor solved() {
            return new RidgeSystem(gram.lower(), ridge, products).solve(right);
        }
    }
}
