package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

class HeadFitTest {
    private static final Architecture LAYERS = Architecture.named("mlp-6", 4, 3);
    private static final Network BACKBONE = SmallProblem.network(LAYERS, Precision.FLOAT64, 1);
    private static final Network OTHER = SmallProblem.network(LAYERS, Precision.FLOAT64, 2);
    private static final Examples TRAIN = SmallProblem.examples(90, 4, 3, 5);

    private final Engine engine = Engine.start(2);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private List<HeadFit.Fitted> fit(OptionalDouble ridge, Network... others) {
        return new HeadFit(engine, TRAIN, LAYERS.affine().get(1), BACKBONE, ridge).fit(List.of(others));
    }

    /** Returns the backbone's hidden values of an example and a 1, by plain loops: what its output layer reads. */
    private static double[] features(int example) {
        double[] x = new double[4];
        TRAIN.copyValues(example, x, 0);
        double[] features = new double[7];
        features[6] = 1;
        for (int unit = 0; unit < 6; unit++) {
            double z = BACKBONE.weights().get("0.bias").get(unit);
            for (int i = 0; i < 4; i++) {
                z += BACKBONE.weights().get("0.weight").get(4 * unit + i) * x[i];
            }
            features[unit] = Math.max(0, z);
        }
        return features;
    }

    private static double[] row(Weights layer, int unit) {
        double[] row = new double[7];
        for (int i = 0; i < 6; i++) {
            row[i] = layer.get("2.weight").get(6 * unit + i);
        }
        row[6] = layer.get("2.bias").get(unit);
        return row;
    }

    /** Returns the gradient of ‖WΦ − Y‖² + ρ τ ‖W‖² over one row of W, halved; zero at the least value of a convex function. */
    private static double[] gradient(double[] w, int unit, double rho) {
        double[] gradient = new double[7];
        double trace = 0;
        for (int example = 0; example < TRAIN.count(); example++) {
            double[] phi = features(example);
            double residual = -PlainForward.logits(LAYERS, OTHER.weights(), TRAIN, example)[unit];
            for (int i = 0; i < 7; i++) {
                residual += w[i] * phi[i];
                trace += phi[i] * phi[i];
            }
            for (int i = 0; i < 7; i++) {
                gradient[i] += residual * phi[i];
            }
        }
        for (int i = 0; i < 7; i++) {
            gradient[i] += rho * trace / 7 * w[i];
        }
        return gradient;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-6, 0.03})
    void fittedLayerIsTheLeastSquaresSolution(double rho) {
        Weights layer = fit(OptionalDouble.of(rho), OTHER).get(0).layer();

        for (int unit = 0; unit < 3; unit++) {
            // sums of 90 products of size 1 in float64 round at 1e-14
            assertThat(gradient(row(layer, unit), unit, rho)).containsExactly(new double[7], within(1e-10));
        }
    }

    @Test
    void theBackboneItselfKeepsItsLayer() {
        Weights layer = fit(OptionalDouble.of(0), BACKBONE).get(0).layer();

        assertThat(layer.get("2.weight").toDoubles())
                .containsExactly(BACKBONE.weights().get("2.weight").toDoubles(), within(1e-10));
    }

    @Test
    void networksAreFittedAloneAsInCompany() {
        Network third = SmallProblem.network(LAYERS, Precision.FLOAT64, 3);
        List<HeadFit.Fitted> both = fit(OptionalDouble.of(1e-6), OTHER, third);

        assertThat(both).hasSize(2);
        assertThat(both.get(1)).isEqualTo(fit(OptionalDouble.of(1e-6), third).get(0));
    }

    /** Ten networks are fitted two at a time: right sides of 21 numbers each. */
    @Test
    void memoryDoesNotGrowWithTheNumberOfNetworksAndGroupsFitAlike() {
        Network[] ten = LongStream.range(2, 12)
                .mapToObj(seed -> SmallProblem.network(LAYERS, Precision.FLOAT64, seed))
                .toArray(Network[]::new);
        HeadFit two = new HeadFit(engine, TRAIN, LAYERS.affine().get(1), BACKBONE, OptionalDouble.of(1e-6), 2 * 8 * 21);

        assertThat(taken(() -> two.fit(List.of(ten)))).isEqualTo(taken(() -> two.fit(List.of(ten[0], ten[1]))));
        assertThat(two.fit(List.of(ten))).isEqualTo(fit(OptionalDouble.of(1e-6), ten));
    }

    /** Returns the most native memory that work takes beyond what is open. */
    private static long taken(Runnable work) {
        try (Scope scope = Scope.open()) {
            int numbers = (int) (Engine.peakBytes() / Double.BYTES) + 1;
            DeviceTensor all = DeviceTensor.zeros(Precision.FLOAT64, numbers); // so that any more is a new peak
            long before = Engine.liveBytes();
            work.run();
            assertThat(all.extent(0)).isEqualTo(numbers);
            return Engine.peakBytes() - before;
        }
    }

    @Test
    void heldOutRidgeIsThatWhichFitsEverySixthExampleBest() {
        HeadFit.Fitted chosen = fit(OptionalDouble.empty(), OTHER).get(0);
        int[] kept = IntStream.range(0, 90).filter(i -> i % 6 != 5).toArray();
        Examples some = subset(kept);

        double best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (double rho : new double[] {1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1}) {
            Weights layer = new HeadFit(engine, some, LAYERS.affine().get(1), BACKBONE, OptionalDouble.of(rho))
                    .fit(List.of(OTHER))
                    .get(0)
                    .layer();
            double misfit = misfit(layer);
            if (misfit < least) {
                least = misfit;
                best = rho;
            }
        }

        assertThat(chosen.ridge()).isEqualTo(best);
        Weights all =
                fit(OptionalDouble.of(best), OTHER).get(0).layer(); // sums in another order: equal but for rounding
        assertThat(chosen.layer().get("2.weight").toDoubles())
                .containsExactly(all.get("2.weight").toDoubles(), within(1e-10));
    }

    private static Examples subset(int[] indices) {
        double[] values = new double[4 * indices.length];
        int[] labels = new int[indices.length];
        double[] one = new double[4];
        for (int i = 0; i < indices.length; i++) {
            TRAIN.copyValues(indices[i], one, 0);
            System.arraycopy(one, 0, values, 4 * i, 4);
            labels[i] = TRAIN.label(indices[i]);
        }
        return Examples.of(values, labels, 4, 3);
    }

    private static double misfit(Weights layer) {
        double sum = 0;
        for (int example = 5; example < TRAIN.count(); example += 6) {
            double[] wanted = PlainForward.logits(LAYERS, OTHER.weights(), TRAIN, example);
            double[] phi = features(example);
            for (int unit = 0; unit < 3; unit++) {
                double[] w = row(layer, unit);
                double z = -wanted[unit];
                for (int i = 0; i < 7; i++) {
                    z += w[i] * phi[i];
                }
                sum += z * z;
            }
        }
        return sum;
    }

    @Test
    void heldOutRidgeNeedsExamplesToHoldOut() {
        Examples few = SmallProblem.examples(5, 4, 3, 5);

        assertThatThrownBy(() -> new HeadFit(engine, few, LAYERS.affine().get(1), BACKBONE, OptionalDouble.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 6 training examples, got 5");
    }

    @Test
    void nothingNativeIsLeft() {
        Network[] many = IntStream.range(0, 12)
                .mapToObj(i -> SmallProblem.network(LAYERS, Precision.FLOAT64, 20 + i))
                .toArray(Network[]::new);
        fit(OptionalDouble.of(1e-6), many);

        assertThat(Engine.liveBytes()).isZero();
    }
}
