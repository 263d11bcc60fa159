package org.thalweg.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.path.ReorderLeg;

class SwapSamplerTest {
    private final Engine engine = Engine.start(2);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private static ReorderLeg leg(Architecture layers, Precision precision, int group, Permutation held) {
        return new ReorderLeg(
                "reorder",
                SmallProblem.network(layers, precision, 1).weights(),
                layers.unitGroups().get(group),
                held);
    }

    /** 40 units take more swaps than are measured at once. */
    @ParameterizedTest
    @CsvSource({
        "mlp-40, FLOAT64, 1",
        "mlp-40, FLOAT32, 2",
        "mlp-40-nobias, FLOAT64, 3",
        "mlp-9-5, FLOAT64, 4",
        "mlp-2, FLOAT64, 5"
    })
    void everySwapScoresAsAPlainForwardPass(String network, Precision precision, long seed) {
        Architecture layers = Architecture.named(network, 4, 3);
        int last = layers.unitGroups().size() - 1;
        int units = layers.unitGroups().get(last).size();
        Permutation held = Permutation.of(new Seed(seed).shuffled(units));
        ReorderLeg leg = leg(layers, precision, last, held);
        Examples examples = SmallProblem.examples(Blocks.MOST + 5, 4, 3, 8);

        LegSampler sampler = SwapSampler.of(engine, layers, leg, 21);
        double[] positions = sampler.positions();
        SplitProfile profile = sampler.sample(examples);

        assertThat(positions)
                .hasSize(2 + 2 * leg.swaps().size())
                .isSorted()
                .startsWith(0)
                .endsWith(1);
        for (int i = 0; i < positions.length; i++) {
            PlainForward.Score expected = PlainForward.score(layers, leg.at(positions[i]), examples);
            assertThat(profile.loss(i))
                    .as("loss at s %s", positions[i])
                    .isCloseTo(expected.loss(), within(precision == Precision.FLOAT64 ? 1e-12 : 1e-5));
            assertThat(profile.accuracy(i)).as("accuracy at s %s", positions[i]).isEqualTo(expected.accuracy());
        }
    }

    @Test
    void lossIsTheSameAtSAndOneMinusSOfASwap() {
        Architecture layers = Architecture.named("mlp-6", 4, 3);
        ReorderLeg leg = leg(layers, Precision.FLOAT64, 0, Permutation.of(1, 2, 0, 4, 3, 5));
        Examples examples = SmallProblem.examples(50, 4, 3, 8);

        for (int swap = 0; swap < 3; swap++) {
            double quarter = PlainForward.score(layers, leg.at((swap + 0.25) / 3), examples)
                    .loss();
            double threeQuarters = PlainForward.score(layers, leg.at((swap + 0.75) / 3), examples)
                    .loss();
            assertThat(threeQuarters).as("swap %d", swap).isCloseTo(quarter, within(1e-14));
        }
    }

    @Test
    void unitsThatAreHomeTakeNoSwap() {
        Architecture layers = Architecture.named("mlp-6", 4, 3);
        ReorderLeg leg = leg(layers, Precision.FLOAT64, 0, Permutation.identity(6));
        Examples examples = SmallProblem.examples(50, 4, 3, 8);

        LegSampler sampler = SwapSampler.of(engine, layers, leg, 21);

        assertThat(sampler.positions()).containsExactly(0, 1);
        assertThat(sampler.sample(examples).loss(0))
                .isEqualTo(sampler.sample(examples).loss(1));
    }

    /** Dense layers take a rank-two update of the next layer and the layers above; filters a forward pass. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(4,130) relu linear(130,5) relu linear(5,3)",
                "input(1,2,2) conv(1,6,2,pad=1) relu maxpool(2) conv(6,4,1) relu flatten linear(4,3)",
                "input(1,2,2) conv(1,6,2,pad=1) batchnorm(6) relu flatten linear(54,3)"
            })
    void someSwapsOfLowerLayersScoreAsPlainForwardPasses(String text) {
        Architecture layers = Architecture.parse(text);
        Permutation held =
                Permutation.of(new Seed(1).shuffled(layers.unitGroups().get(0).size()));
        ReorderLeg leg = leg(layers, Precision.FLOAT64, 0, held);
        Examples examples = SmallProblem.examples(Blocks.MOST + 5, 4, 3, 8);

        LegSampler sampler = SwapSampler.of(engine, layers, leg, 4);
        double[] positions = sampler.positions();
        SplitProfile profile = sampler.sample(examples);

        int measured = layers.input().rank() == 1 ? 100 : 3;
        assertThat(positions).hasSize(2 + 2 * measured).isSorted().startsWith(0).endsWith(1);
        for (int i = 0; i < positions.length; i++) {
            PlainForward.Score expected = PlainForward.score(layers, leg.at(positions[i]), examples);
            assertThat(profile.loss(i)).as("loss at s %s", positions[i]).isCloseTo(expected.loss(), within(1e-12));
            assertThat(profile.accuracy(i)).as("accuracy at s %s", positions[i]).isEqualTo(expected.accuracy());
        }
    }
}
