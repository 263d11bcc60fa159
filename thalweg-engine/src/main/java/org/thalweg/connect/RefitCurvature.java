package org.thalweg.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Logits;
import org.thalweg.engine.Scope;
import org.thalweg.engine.SymmetricMatrix;
import org.thalweg.network.Precision;

/**
 * Preconditions a refit by the Hessian's blocks, one per class k:
 *
 * <pre>
 * H_k = (1/N) Σ_j p_jk (1 − p_jk) φ_j φ_jᵀ + λ I        p_j = softmax(W φ_j)
 * </pre>
 *
 * <p>Only few examples are undecided about a class, so {@value #SAMPLE} of them by weight ({@link CurvatureSample}) stand for
 * all. What is left out are the blocks between classes, but for one thing: where all rows of W move alike the soft-max rests
 * and only λ is curved, so neither start nor steps have such a part ({@link RefitLoss#reduced}). Of squared error the Hessian is one block for all classes, κ ΦΦᵀ/N + λI
 * over all examples, times how curved an example's loss is: exact, so that the first step is the closed form of ridge regression,
 * unless only some examples are here ({@link RefitObjective#curved}).
 *
 * <p>Factors are made in float64 and kept in the layer's precision, c (n+1)² numbers. Cost of making them: two passes over the
 * features, c · SAMPLE · (n+1)² multiply-adds for the products (half of them saved) and c (n+1)³ / 3 for the factors; of
 * applying them 2 c (n+1)². Belongs to the scope it was made in. One thread.
 */
final class RefitCurvature implements ConvexMinimizer.Preconditioner {
    /**
     * Examples per class. Passes until 1e-4 at t = 0 and ½ with 2048, 4096, 8192: 784-2000-10 on MNIST 6 and 7 with the
     * first two; 3072-2000-10 on CIFAR-10, where few examples are decided, 39 and 69, 20 and 24, 18 and 23.
     */
    static final int SAMPLE = 4096;

    private static final int STRIP = 4096; // examples whose features are brought together at once

    private final RefitObjective objective;
    private final FeatureSums curved; // on these examples
    private final Engine engine;
    private final int size; // n + 1
    private final DeviceTensor factors; // lower Cholesky factors, [c or 1, n+1, n+1]

    RefitCurvature(RefitObjective objective, Engine engine) {
        this.objective = objective;
        this.curved = objective.curved().get();
        this.engine = engine;
        this.size = objective.layer().columns();
        int blocks = objective.loss() == RefitLoss.SQUARED_ERROR
                ? 1
                : objective.layer().units();
        this.factors = DeviceTensor.zeros(objective.layer().precision(), blocks, size, size);
    }

    @Override
    public void moveTo(Vector w) {
        switch (objective.loss()) {
            case CROSS_ENTROPY -> factorPerClass(w);
            case SQUARED_ERROR -> factorOfAll();
        }
    }

    private void factorPerClass(Vector w) {
        try (Scope scope = Scope.open()) {
            List<CurvatureSample> samples = samples(w);
            int[] union = samples.stream()
                    .flatMapToInt(sample -> IntStream.of(sample.indices()))
                    .sorted()
                    .distinct()
                    .toArray();
            DeviceTensor phi = curved.features().columns(union); // [n+1, union]
            engine.inOrder(samples.size(), k -> {
                factor(k, phi, union, samples.get(k));
                return k;
            });
        }
    }

    private void factor(int k, DeviceTensor phi, int[] union, CurvatureSample sample) {
        int[] places = Arrays.stream(sample.indices())
                .map(j -> Arrays.binarySearch(union, j))
                .toArray();
        double[] roots = Arrays.stream(sample.weights()).map(Math::sqrt).toArray();
        DeviceTensor weighted = phi.columns(places);
        weighted.scaleInPlace(DeviceTensor.of(roots, 1, roots.length).to(phi.precision()));
        GramMatrix gram = new GramMatrix(engine, size);
        gram.add(weighted);
        store(k, gram, 1);
    }

    private void factorOfAll() {
        try (Scope scope = Scope.open()) {
            GramMatrix gram = new GramMatrix(engine, size);
            int examples = curved.features().examples();
            for (int from = 0; from < examples; from += STRIP) {
                try (Scope strip = Scope.open()) {
                    int[] some = IntStream.range(from, Math.min(examples, from + STRIP))
                            .toArray();
                    gram.add(curved.features().columns(some));
                }
            }
            store(0, gram, curved.squaredErrorCurvature());
        }
    }

    /** Factors curvature · gram / N + λ I, and adds more than λ where products of float32 cannot tell it from 0. */
    private void store(int block, GramMatrix gram, double curvature) {
        SymmetricMatrix hessian = new SymmetricMatrix(
                gram.lower().scaleInPlace(curvature / curved.features().examples()));
        double epsilon = objective.layer().precision() == Precision.FLOAT32 ? 0x1p-23 : 0x1p-52;
        double more = epsilon * hessian.trace();
        hessian.shiftInPlace(objective.lambda());
        Optional<SymmetricMatrix.Factor> factor = Optional.empty();
        while (factor.isEmpty()) {
            if (!Double.isFinite(more)) {
                throw new NoConvergenceException(
                        "the features of the training examples are too large to refit an output layer to.");
            }
            factor = hessian.shiftInPlace(more).factor();
            more *= 8;
        }
        factors.narrow(0, block, 1).view(size, size).copyFrom(factor.get().lower());
    }

    /** Returns, per class, examples that stand for Σ_j p_jk (1 − p_jk) φ_j φ_jᵀ. */
    private List<CurvatureSample> samples(Vector w) {
        int classes = objective.layer().units();
        int examples = curved.features().examples();
        DeviceTensor weight = curved.weight(w);
        List<double[]> parts = curved.features()
                .inOrder((from, to, phi) -> Logits.curvature(weight.times(phi)).toDoubles()); // [c, B]
        List<CurvatureSample> samples = new ArrayList<>();
        for (int k = 0; k < classes; k++) {
            double[] curvature = new double[examples];
            int from = 0;
            for (double[] part : parts) {
                int block = part.length / classes;
                System.arraycopy(part, k * block, curvature, from, block);
                from += block;
            }
            samples.add(CurvatureSample.of(curvature, SAMPLE));
        }
        return samples;
    }

    @Override
    public Vector apply(Vector gradient) {
        int classes = objective.layer().units();
        double[] g = objective.reduced(gradient).toArray();
        List<double[]> rows = engine.inOrder(classes, k -> {
            double[] row = Arrays.copyOfRange(g, k * size, (k + 1) * size);
            int block = factors.extent(0) == 1 ? 0 : k;
            DeviceTensor lower = factors.narrow(0, block, 1).view(size, size);
            return new SymmetricMatrix.Factor(lower)
                    .solve(DeviceTensor.of(row, size, 1).to(factors.precision()))
                    .toDoubles();
        });
        double[] applied = new double[g.length];
        for (int k = 0; k < classes; k++) {
            System.arraycopy(rows.get(k), 0, applied, k * size, size);
        }
        return objective.reduced(Vector.owning(applied));
    }
}
