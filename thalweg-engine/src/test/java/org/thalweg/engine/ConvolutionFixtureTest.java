package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.data.Examples;
import org.thalweg.engine.Scoring.Score;
import org.thalweg.fixture.ConvolutionFixture;
import org.thalweg.network.Precision;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

/** Numbers of another implementation, in float64 and printed in full: equal to some hundred roundings. */
class ConvolutionFixtureTest {
    private static final double CLOSE = 1e-12;
    private static final Examples EXAMPLES = ConvolutionFixture.examples();

    private static DeviceTensor logits(Weights weights) {
        return DeviceNetwork.load(ConvolutionFixture.LAYERS, weights)
                .logits(Blocks.inputs(EXAMPLES, 0, EXAMPLES.count(), weights.precision()));
    }

    @Test
    void logitsAreThoseOfTheOtherImplementation() {
        Weights a = ConvolutionFixture.weights(Precision.FLOAT64, "A");
        double[] expected = ConvolutionFixture.numbers("logitsA"); // [N, c]
        try (Engine engine = Engine.start(1)) {
            double[] found = engine.alone(() -> logits(a).toDoubles()); // [c, N]

            int count = EXAMPLES.count();
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i % 3 * count + i / 3]).isCloseTo(expected[i], within(CLOSE));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"A, FLOAT64, 1e-12", "B, FLOAT64, 1e-12", "A, FLOAT32, 1e-5", "B, FLOAT32, 1e-5"})
    void endsHaveTheirLossAndAccuracy(String name, Precision precision, double tolerance) {
        Score score = score(ConvolutionFixture.weights(precision, name));

        int end = name.equals("A") ? 0 : 1;
        double loss = ConvolutionFixture.at("ends").get(end).get("loss").doubleValue();
        assertThat(score.loss() / EXAMPLES.count()).isCloseTo(loss, within(tolerance));
        assertThat((double) score.right() / EXAMPLES.count())
                .isEqualTo(
                        ConvolutionFixture.at("ends").get(end).get("accuracy").doubleValue());
    }

    @ParameterizedTest
    @CsvSource({"Theta2", "Theta3"})
    void adjustedNetworksHaveTheirLossAndAccuracy(String name) {
        Score score = score(ConvolutionFixture.weights(Precision.FLOAT64, name, "weights"));

        assertThat(score.loss() / EXAMPLES.count())
                .isCloseTo(ConvolutionFixture.at(name, "loss").doubleValue(), within(CLOSE));
        assertThat((double) score.right() / EXAMPLES.count())
                .isEqualTo(ConvolutionFixture.at(name, "accuracy").doubleValue());
    }

    private static Score score(Weights weights) {
        try (Engine engine = Engine.start(1)) {
            return engine.alone(() -> Scoring.of(EXAMPLES, 0, EXAMPLES.count(), weights.precision())
                    .score(logits(weights)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, unitsA1", "1, unitsA2"})
    void unitsAreFiltersWithWhatReadsThem(int layer, String name) {
        Weights a = ConvolutionFixture.weights(Precision.FLOAT64, "A");
        UnitGroup group = ConvolutionFixture.LAYERS.unitGroups().get(layer);
        double[] units = ConvolutionFixture.numbers(name);
        int length = units.length / group.size();

        for (int p = 0; p < group.size(); p++) {
            for (int q = 0; q < group.size(); q++) {
                double squared = 0;
                for (int i = 0; i < length; i++) {
                    squared += Math.pow(units[p * length + i] - units[q * length + i], 2);
                }
                assertThat(group.squaredDistance(a, p, q)).isCloseTo(squared, within(CLOSE));
            }
        }
    }
}
