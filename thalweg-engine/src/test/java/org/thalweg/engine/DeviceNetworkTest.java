package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

class DeviceNetworkTest {
    private static final int COUNT = 5;

    /** Sums of at most 200 products of values near 1 round to within 200 ulp of 4 in float64. */
    private static final double CLOSE = 200 * 4 * 0x1p-52;

    private static double[] logits(Architecture architecture, Weights weights, Examples examples) {
        try (Engine engine = Engine.start(1)) {
            return engine.alone(() -> DeviceNetwork.load(architecture, weights)
                    .logits(Blocks.inputs(examples, 0, examples.count(), weights.precision()))
                    .toDoubles());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(5,4) relu linear(4,3)",
                "linear(5,4) batchnorm(4) dropout(0.5) relu linear(4,3,nobias)",
                "linear(6,4) groupnorm(2,4) relu linear(4,3)",
                "input(2,3,3) flatten linear(18,3)",
                "input(3,7,5) conv(3,4,3,pad=1) relu maxpool(2) conv(4,5,3,pad=1,nobias) relu flatten linear(30,3)",
                "input(1,9,9) conv(1,3,5,stride=2,pad=2) relu maxpool(3,stride=2,pad=1) flatten linear(27,3)",
                "input(1,6,6) conv(1,2,1) avgpool(3,stride=2,pad=1) flatten linear(18,3)",
                "input(2,5,5) conv(2,4,2) batchnorm(4) relu flatten linear(64,3)",
                "input(2,5,5) conv(2,4,2) groupnorm(2,4) relu flatten linear(64,3)",
                "input(1,1,1) conv(1,1,1) relu flatten linear(1,1)"
            })
    void layersComputeTheirFormulas(String text) {
        Architecture architecture = Architecture.parse(text);
        Network network = SmallProblem.network(architecture, Precision.FLOAT64, 4);
        Examples examples = SmallProblem.examples(COUNT, architecture.inputs(), architecture.outputs(), 5);

        double[] found = logits(architecture, network.weights(), examples);

        for (int i = 0; i < COUNT; i++) {
            double[] expected = PlainForward.logits(architecture, network.weights(), examples, i);
            for (int c = 0; c < expected.length; c++) {
                assertThat(found[c * COUNT + i])
                        .as("example %d, class %d", i, c)
                        .isCloseTo(expected[c], within(CLOSE));
            }
        }
    }

    /** Rectifying in place spares memory, but what a caller hands in may be a view of what it needs later. */
    @ParameterizedTest
    @ValueSource(strings = {"linear(9,9) relu linear(9,3)", "input(1,3,3) conv(1,1,1) flatten relu linear(9,3)"})
    void whatIsRunStaysAsItIs(String text) {
        Architecture architecture = Architecture.parse(text);
        Weights weights =
                SmallProblem.network(architecture, Precision.FLOAT64, 8).weights();
        try (Engine engine = Engine.start(1)) {
            engine.alone(() -> {
                DeviceNetwork network = DeviceNetwork.load(1, 3, architecture, weights);
                boolean image = architecture.input().rank() == 3;
                DeviceTensor x = DeviceTensor.of(new double[] {-1, 2, -3, 4, -5, 6, -7, 8, -9}, 9, 1);
                DeviceTensor above = network.run(1, image ? 3 : 2, image ? x.view(1, 1, 3, 3) : x);
                assertThat(above.toDoubles()).containsExactly(0, 2, 0, 4, 0, 6, 0, 8, 0);
                assertThat(x.toDoubles()).containsExactly(-1, 2, -3, 4, -5, 6, -7, 8, -9);
                return 0;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(5,4) batchnorm(4) relu linear(4,7) relu linear(7,3)",
                "input(2,5,5) conv(2,4,2) batchnorm(4) relu conv(4,6,3) groupnorm(1,6) relu avgpool(2,stride=1) flatten linear(6,3)",
                "input(3,6,6) conv(3,4,3,pad=1,nobias) relu maxpool(2) flatten linear(36,5) dropout(0.5) relu linear(5,3)",
                "input(2,4,4) conv(2,3,3) relu flatten batchnorm(12) linear(12,3)"
            })
    void reListingUnitsLeavesOutputsUnchanged(String text) {
        Architecture architecture = Architecture.parse(text);
        Weights weights =
                SmallProblem.network(architecture, Precision.FLOAT64, 6).weights();
        Examples examples = SmallProblem.examples(COUNT, architecture.inputs(), architecture.outputs(), 7);
        Weights relisted = weights;
        for (UnitGroup group : architecture.unitGroups()) {
            int[] order = new int[group.size()];
            Arrays.setAll(order, i -> (i + 1) % order.length); // moves every unit
            relisted = group.relist(relisted, Permutation.of(order));
        }

        assertThat(relisted).isNotEqualTo(weights);
        double[] before = logits(architecture, weights, examples);
        double[] after = logits(architecture, relisted, examples);
        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(CLOSE));
        }
    }

    @Test
    void dropoutMasksFollowTheirSeedAndKeepTheMean() {
        List<double[]> outputs = new ArrayList<>();
        try (Engine engine = Engine.start(1)) {
            for (long seed : new long[] {1, 1, 2}) {
                outputs.add(engine.alone(() -> new DropoutLayer(0.25)
                        .train(
                                DeviceTensor.ones(Precision.FLOAT32, 100, 90),
                                new TrainingStep(engine, new SplittableRandom(seed)))
                        .output()
                        .toDoubles()));
            }
        }

        assertThat(outputs.get(0)).isEqualTo(outputs.get(1)).isNotEqualTo(outputs.get(2));
        double sum = 0;
        for (double value : outputs.get(0)) {
            assertThat(value).isIn(0.0, (double) (float) (1 / 0.75));
            sum += value;
        }
        assertThat(sum / 9000).isCloseTo(1, within(0.03)); // deviation of the mean: sqrt(0.25 / 0.75 / 9000) = 0.006
    }
}
