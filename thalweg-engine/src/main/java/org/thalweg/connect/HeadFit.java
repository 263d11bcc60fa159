package org.thalweg.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

/**
 * Fits one layer of several networks to the features of one backbone, so that each network's pre-activations of that layer are
 * kept on the training examples:
 *
 * <pre>
 * W_i = argmin ‖W Φ − Y_i‖² + ρ τ ‖W‖²,  Φ = [f(X); 1],  τ = tr(ΦΦᵀ)/(d+1),  W = [w b]
 * </pre>
 *
 * where f is what the layers of the backbone below that layer make of the training examples and Y_i what network i's own layer
 * makes of its own features. The prior is zero: no matching pairs the backbone's units with the columns of network i. Columns,
 * precisions and blocks are those of {@link LayerFit}; no label is read.
 *
 * <p>The Gram matrix ΦΦᵀ is the same for all networks and summed once. Cost: N d² / 2 multiply-adds for it and d³/3 for its
 * factor; per network a forward pass up to the layer and N d units. Examples are streamed, and networks are taken in groups
 * whose right sides fit {@link #RIGHT_BYTES}, so native memory, 16 (d+1)² bytes and a strip of features besides, does not grow
 * with their number; the features are made anew for each group.
 */
public final class HeadFit {
    private static final int STRIP = 4096; // columns: 32 MB of features at d = 2000
    private static final int BLOCK = 512; // columns of a strip that one task computes
    private static final long RIGHT_BYTES = 1L << 29;

    /** What is tried on held-out examples. */
    private static final List<Double> TRIED = List.of(1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1);

    private final Engine engine;
    private final Examples train;
    private final Network backbone;
    private final LayerMatrix matrix;
    private final OptionalDouble ridge;
    private final long rightBytes;
    private final ColumnSample sample;
    private final Precision products;

    /**
     * A layer fitted to the backbone's features.
     *
     * @param layer its tensors
     * @param ridge ρ, as given or as chosen on held-out examples
     */
    public record Fitted(Weights layer, double ridge) {}

    /**
     * Prepares the fit of a layer.
     *
     * @param layer the layer, above the lowest
     * @param backbone the network whose layers below it make the features
     * @param ridge ρ, at least 0; empty to choose for each network that which keeps the pre-activations of every sixth example
     *     best when fitted to the others
     * @throws org.thalweg.network.MismatchException if the examples do not fit the network
     */
    public HeadFit(Engine engine, Examples train, Affine layer, Network backbone, OptionalDouble ridge) {
        this(engine, train, layer, backbone, ridge, RIGHT_BYTES);
    }

    /** Prepares the fit with another bound of the right sides that are summed at a time; for tests. */
    HeadFit(Engine engine, Examples train, Affine layer, Network backbone, OptionalDouble ridge, long rightBytes) {
        this.rightBytes = rightBytes;
        Alike.requireFits(backbone.architecture(), train);
        this.engine = engine;
        this.train = train;
        this.backbone = backbone;
        this.matrix = new LayerMatrix(layer, backbone.weights().precision());
        this.ridge = ridge;
        this.sample = ColumnSample.of(backbone.architecture(), layer, train.count());
        this.products = sample.products(matrix);
        if (ridge.isEmpty() && sample.taken() < Fold.STRIDE) {
            throw new IllegalArgumentException("a ridge on held-out examples needs at least " + Fold.STRIDE
                    + " training examples, got " + sample.taken() + "; name a number.");
        }
    }

    /**
     * Returns the layer of each network, fitted to the backbone's features.
     *
     * @throws org.thalweg.network.MismatchException if a network differs from the backbone in architecture or precision
     */
    public List<Fitted> fit(List<Network> networks) {
        networks.forEach(network -> Alike.of(backbone, network));
        return engine.alone(() -> {
            List<HeadSums> folds = folds();
            long bytes = (long) Double.BYTES * matrix.columns() * matrix.units() * folds.size();
            int together = (int) Math.max(1, Math.min(networks.size(), rightBytes / bytes));
            List<Fitted> fitted = new ArrayList<>();
            for (int first = 0; first < networks.size(); first += together) {
                List<Network> group = networks.subList(first, Math.min(networks.size(), first + together));
                try (Scope scope = Scope.open()) {
                    folds.forEach(fold -> fold.begin(group.size()));
                    stream(group, folds, first == 0);
                    fitted.addAll(solved(folds, group.size()));
                }
            }
            return fitted;
        });
    }

    /** Returns all examples, or those that are kept and those that are held out. */
    private List<HeadSums> folds() {
        HeadSums all = new HeadSums(engine, matrix, sample, example -> true);
        return ridge.isPresent()
                ? List.of(all)
                : List.of(
                        new HeadSums(engine, matrix, sample, example -> !Fold.isHeldOut(example)),
                        new HeadSums(engine, matrix, sample, Fold::isHeldOut));
    }

    /** Runs over the examples, strip by strip, and adds up what the group's fits need. */
    private void stream(List<Network> group, List<HeadSums> folds, boolean withGram) {
        int examples = Math.max(1, STRIP / sample.perExample());
        DeviceTensor strip = DeviceTensor.ones(
                products,
                matrix.columns(),
                Math.min(examples, sample.taken()) * sample.perExample()); // last row stays 1
        for (int first = 0; first < sample.taken(); first += examples) {
            int last = Math.min(sample.taken(), first + examples);
            try (Scope scope = Scope.open()) {
                DeviceTensor features = strip.narrow(1, 0, (last - first) * sample.perExample());
                makeFeatures(first, last, features.narrow(0, 0, matrix.inputs()));
                for (HeadSums fold : folds) {
                    fold.take(features, first, last);
                    if (withGram) {
                        fold.addGram();
                    }
                }
                for (int i = 0; i < group.size(); i++) {
                    addTargets(group.get(i), i, first, last, folds);
                }
            }
        }
    }

    private void makeFeatures(int first, int last, DeviceTensor target) {
        int position = matrix.layer().position();
        DeviceNetwork below = DeviceNetwork.load(0, position, backbone.architecture(), backbone.weights());
        inBlocks(first, last, target, (from, to) -> sample.seen(below.run(0, position, inputs(from, to)), from, to));
    }

    private void addTargets(Network network, int index, int first, int last, List<HeadSums> folds) {
        int end = matrix.layer().position() + 1;
        try (Scope scope = Scope.open()) {
            DeviceNetwork own = DeviceNetwork.load(0, end, network.architecture(), network.weights());
            DeviceTensor targets =
                    DeviceTensor.zeros(products, matrix.units(), (last - first) * sample.perExample()); // Y
            inBlocks(first, last, targets, (from, to) -> sample.made(own.run(0, end, inputs(from, to)), from, to));
            folds.forEach(fold -> fold.addRight(index, targets, first, last));
        }
    }

    private DeviceTensor inputs(int first, int last) {
        return Blocks.inputs(train, sample.indices(first, last), matrix.precision());
    }

    /** Makes columns of examples {@code from} … {@code to}−1. */
    private interface Columns {
        DeviceTensor of(int from, int to);
    }

    private void inBlocks(int first, int last, DeviceTensor target, Columns columns) {
        int per = sample.perExample();
        int examples = Math.max(1, BLOCK / per);
        engine.inOrder((last - first + examples - 1) / examples, b -> {
            int from = first + b * examples;
            int to = Math.min(last, from + examples);
            target.narrow(1, (from - first) * per, (to - from) * per).copyFrom(columns.of(from, to));
            return b;
        });
    }

    private List<Fitted> solved(List<HeadSums> folds, int networks) {
        List<Fitted> fitted = new ArrayList<>();
        if (ridge.isPresent()) {
            HeadSums all = folds.get(0);
            RidgeSystem system = new RidgeSystem(all.gram().copied(), ridge.getAsDouble(), products);
            for (int i = 0; i < networks; i++) {
                fitted.add(new Fitted(layer(system.solve(all.right(i))), ridge.getAsDouble()));
            }
            return fitted;
        }
        HeadSums kept = folds.get(0);
        HeadSums heldOut = folds.get(1);
        for (int i = 0; i < networks; i++) {
            try (Scope scope = Scope.open()) {
                double best = chosen(kept, heldOut, i);
                DeviceTensor gram = kept.gram().plus(heldOut.gram());
                DeviceTensor right = kept.right(i).plus(heldOut.right(i));
                fitted.add(new Fitted(layer(new RidgeSystem(gram, best, products).solve(right)), best));
            }
        }
        return fitted;
    }

    /** Returns the ρ whose layer, fitted to the examples that are kept, fits the held-out ones best. */
    private double chosen(HeadSums kept, HeadSums heldOut, int network) {
        double best = TRIED.get(0);
        double least = Double.POSITIVE_INFINITY;
        for (double rho : TRIED) {
            try (Scope scope = Scope.open()) {
                RidgeSystem system = new RidgeSystem(kept.gram().copied(), rho, products);
                double misfit = heldOut.misfit(network, system.solve(kept.right(network)));
                if (misfit < least) {
                    least = misfit;
                    best = rho;
                }
            }
        }
        return best;
    }

    private Weights layer(DeviceTensor transposed) {
        return matrix.split(transposed.transposed().toDoubles());
    }
}
