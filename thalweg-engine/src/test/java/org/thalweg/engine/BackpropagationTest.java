package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class BackpropagationTest {
    private static final int BATCH = 6;
    private static final long NOISE = 3;

    /** Central differences in float64 err by about h² and eps/h; with h = 1e-5 both stay below 1e-9 of values near 1. */
    private static final double STEP = 1e-5;

    private static final double CLOSE = 1e-8;

    /** A kink of ReLU or max-pool within a step's reach would spoil a difference; the seeds here meet none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(5,4) relu linear(4,3)",
                "linear(5,4,nobias) relu linear(4,4) relu linear(4,3,nobias)",
                "input(2,6,5) conv(2,3,3,pad=1) relu maxpool(2) conv(3,4,3,pad=1,nobias) relu flatten linear(24,3)",
                "input(2,7,7) conv(2,3,3,stride=2) relu maxpool(3,stride=2,pad=1) flatten linear(12,3)",
                "input(1,5,5) conv(1,3,2) relu avgpool(3,stride=1,pad=1) flatten linear(48,3)",
                "input(2,4,4) conv(2,4,3,pad=1) batchnorm(4) relu flatten linear(64,3)",
                "input(2,4,4) conv(2,4,3,pad=1) groupnorm(2,4) relu flatten linear(64,3)",
                "linear(5,4) batchnorm(4) relu dropout(0.5) linear(4,3)",
                "linear(5,4) groupnorm(2,4) relu linear(4,3)",
                "input(2,2,2) flatten linear(8,4) relu linear(4,3)"
            })
    void gradientsAreThoseOfFiniteDifferences(String text) {
        Architecture architecture = Architecture.parse(text);
        Weights weights =
                SmallProblem.network(architecture, Precision.FLOAT64, 1).weights();
        Map<String, double[]> gradients = new HashMap<>();
        lossAt(architecture, weights, gradients);

        assertThat(gradients.keySet()).isEqualTo(architecture.parameters().keySet());
        gradients.forEach((name, gradient) -> {
            for (int i = 0; i < gradient.length; i++) {
                double above = lossAt(architecture, moved(weights, name, i, STEP), new HashMap<>());
                double below = lossAt(architecture, moved(weights, name, i, -STEP), new HashMap<>());
                assertThat(gradient[i]).as("%s[%d]", name, i).isCloseTo((above - below) / (2 * STEP), within(CLOSE));
            }
        });
    }

    @Test
    void batchNormMovesItsBuffersByATenth() {
        Architecture architecture = Architecture.parse("linear(2,1,nobias) batchnorm(1) relu linear(1,2)");
        Map<String, Tensor> weights = new LinkedHashMap<>(SmallProblem.network(architecture, Precision.FLOAT64, 1)
                .weights()
                .asMap());
        weights.put("0.weight", Tensor.owning(Shape.of(1, 2), new double[] {1, 0}));
        weights.put("1.running_mean", Tensor.owning(Shape.of(1), new double[] {1}));
        weights.put("1.running_var", Tensor.owning(Shape.of(1), new double[] {2}));
        Examples examples = Examples.of(new double[] {3, 9, 7, 9}, new int[] {0, 1}, 2, 2);
        try (Engine engine = Engine.start(1)) {
            engine.alone(() -> {
                Map<String, DeviceTensor> tensors = loaded(Weights.of(weights));
                new Backpropagation(architecture, tensors)
                        .run(
                                Blocks.inputs(examples, 0, 2, Precision.FLOAT64),
                                Logits.against(new int[] {0, 1}),
                                new TrainingStep(engine, noise()),
                                Store::new);

                // units 3 and 7: mean 5, variance over n - 1 is 8; 0.9 * 1 + 0.1 * 5 and 0.9 * 2 + 0.1 * 8
                assertThat(only(tensors, "1.running_mean")).isCloseTo(1.4, within(1e-12));
                assertThat(only(tensors, "1.running_var")).isCloseTo(2.6, within(1e-12));
                return 0;
            });
        }
    }

    private static double lossAt(Architecture architecture, Weights weights, Map<String, double[]> gradients) {
        Examples examples = SmallProblem.examples(BATCH, architecture.inputs(), architecture.outputs(), 2);
        try (Engine engine = Engine.start(1)) {
            return engine.alone(() -> {
                Store store = new Store();
                double loss = new Backpropagation(architecture, loaded(weights))
                        .run(
                                Blocks.inputs(examples, 0, BATCH, Precision.FLOAT64),
                                Scoring.of(examples, 0, BATCH, Precision.FLOAT64),
                                new TrainingStep(engine, noise()),
                                () -> store);
                gradients.putAll(store.gradients);
                return loss;
            });
        }
    }

    private static double only(Map<String, DeviceTensor> tensors, String name) {
        return Objects.requireNonNull(tensors.get(name)).toDoubles()[0];
    }

    private static SplittableRandom noise() {
        return new SplittableRandom(NOISE);
    }

    private static Map<String, DeviceTensor> loaded(Weights weights) {
        Map<String, DeviceTensor> tensors = new HashMap<>();
        weights.asMap().forEach((name, tensor) -> tensors.put(name, DeviceNetwork.load(tensor)));
        return tensors;
    }

    private static Weights moved(Weights weights, String name, int index, double step) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        double[] values = weights.get(name).toDoubles();
        values[index] += step;
        tensors.put(name, Tensor.owning(weights.get(name).shape(), values));
        return Weights.of(tensors);
    }

    /** Keeps gradients as they come. */
    private static final class Store implements Backpropagation.Sink {
        private final Map<String, double[]> gradients = new HashMap<>();

        @Override
        public void product(Rows rows, DeviceTensor left, DeviceTensor right) {
            value(rows, left.times(right));
        }

        @Override
        public void value(Rows rows, DeviceTensor value) {
            assertThat(rows.from()).as("these parameters have one tile").isZero();
            assertThat(gradients).doesNotContainKey(rows.name());
            gradients.put(rows.name(), value.toDoubles());
        }
    }
}
