package org.thalweg.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
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
        Examples examples = SmallProblem.examples(BlockSums.BLOCK + 5, 4, 3, 8);

        SwapSampler sampler = new SwapSampler(engine, layers, leg);
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

        SwapSampler sampler = new SwapSampler(engine, layers, leg);

        assertThat(sampler.positions()).containsExactly(0, 1);
        assertThat(sampler.sample(examples).loss(0))
                .isEqualTo(sampler.sample(examples).loss(1));
    }

    @Test
    void layersBelowTheLastHiddenOneAreRefused() {
        Architecture layers = Architecture.named("mlp-6-5", 4, 3);
        ReorderLeg leg = leg(layers, Precision.FLOAT64, 0, Permutation.of(1, 0, 2, 3, 4, 5));

        assertThatThrownBy(() -> new SwapSampler(engine, layers, leg).sample(SmallProblem.examples(5, 4, 3, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("re-orders layer 0; only the last hidden layer, 2, can be re-ordered so far");
    }
}
