package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;

class ArcConnectorTest {
    private static final int UNITS = 20_000;
    private static final Architecture WIDE = Architecture.named("mlp-" + UNITS, 2, 2);

    private static Path path(String method, long seed) {
        Network a = SmallProblem.network(WIDE, Precision.FLOAT64, seed);
        Network b = SmallProblem.network(WIDE, Precision.FLOAT64, seed + 1);
        try (Engine engine = Engine.start(1)) {
            ConnectContext context = new ConnectContext(engine, Optional.empty(), ConnectSettings.DEFAULTS);
            return Methods.named(method).connect(a, b, context);
        }
    }

    /** Mean of the incoming weights of input {@code input} over all units, and their mean product with input 1's. */
    private static double mean(Weights weights, int input) {
        double sum = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            sum += weights.get("0.weight").get(2 * unit + input);
        }
        return sum / UNITS;
    }

    private static double covariance(Weights weights, int p, int q) {
        double[] values = weights.get("0.weight").toDoubles();
        double products = 0;
        for (int unit = 0; unit < UNITS; unit++) {
            products += values[2 * unit + p] * values[2 * unit + q];
        }
        return products / UNITS - mean(weights, p) * mean(weights, q);
    }

    // Weights have variance 1/2. Of n = 20,000 samples a mean deviates by sqrt(1/2 / n) = 0.005, a variance by
    // sqrt(2 / n) / 2 = 0.005, along the arc by up to twice that: 0.04 is four deviations.
    @ParameterizedTest
    @ValueSource(longs = {1, 20, 300})
    void arcKeepsMeanAndCovarianceOfIndependentNeurons(long seed) {
        Path path = path("arc", seed);

        for (double t : new double[] {0.25, 0.5, 0.75}) {
            Weights weights = path.at(t);
            assertThat(mean(weights, 0)).as("mean at t %s", t).isCloseTo(mean(path.at(0), 0), within(0.04));
            for (int p = 0; p < 2; p++) {
                assertThat(covariance(weights, p, p)).as("variance at t %s", t).isCloseTo(0.5, within(0.04));
            }
            assertThat(covariance(weights, 0, 1)).as("covariance at t %s", t).isCloseTo(0, within(0.04));
        }
    }

    @Test
    void straightLineHalvesTheVarianceInTheMiddle() {
        assertThat(covariance(path("linear", 1).at(0.5), 0, 0)).isCloseTo(0.25, within(0.02));
    }

    @Test
    void outputBiasWhichIsNoNeuronMovesOnAStraightLine() {
        Path path = path("arc", 1);
        double a = path.at(0).get("2.bias").get(1);
        double b = path.at(1).get("2.bias").get(1);

        assertThat(path.at(0.25).get("2.bias").get(1)).isCloseTo(0.75 * a + 0.25 * b, within(1e-15));
    }

    /** The rule for all layers at once: rows with their bias, of the last layer the columns. */
    @Test
    void samplesAreRowsAndOfTheLastLayerColumns() {
        Architecture deep =
                Architecture.parse("input(1,3,3) conv(1,2,2) batchnorm(2) relu conv(2,2,1) relu flatten linear(8,2)");
        Path path = joined(deep);

        for (String rows : new String[] {"0.weight", "0.bias", "1.weight", "1.bias", "3.weight", "3.bias"}) {
            assertArc(path, rows, 1, 2);
        }
        assertArc(path, "6.weight", 2, 2);
        for (String linear : new String[] {"1.running_mean", "1.running_var", "6.bias"}) {
            double middle =
                    (path.at(0).get(linear).get(0) + path.at(1).get(linear).get(0)) / 2;
            assertThat(path.at(0.5).get(linear).get(0)).as(linear).isCloseTo(middle, within(1e-15));
        }
    }

    private static Path joined(Architecture architecture) {
        Network a = SmallProblem.network(architecture, Precision.FLOAT64, 1);
        Network b = SmallProblem.network(architecture, Precision.FLOAT64, 2);
        try (Engine engine = Engine.start(1)) {
            ConnectContext context = new ConnectContext(engine, Optional.empty(), ConnectSettings.DEFAULTS);
            return Methods.named("arc").connect(a, b, context);
        }
    }

    /** Checks ψ(½) = μ + (θᴬ + θᴮ − 2μ)/√2 of a tensor as [outer, units, inner], μ over the units of both ends. */
    private static void assertArc(Path path, String name, int outer, int units) {
        double[] a = path.at(0).get(name).toDoubles();
        double[] b = path.at(1).get(name).toDoubles();
        double[] middle = path.at(0.5).get(name).toDoubles();
        int inner = a.length / outer / units;
        for (int i = 0; i < a.length; i++) {
            double mean = 0;
            for (int unit = 0; unit < units; unit++) {
                int same = (i / (units * inner) * units + unit) * inner + i % inner;
                mean += (a[same] + b[same]) / (2 * units);
            }
            assertThat(middle[i])
                    .as("%s[%d]", name, i)
                    .isCloseTo(mean + (a[i] + b[i] - 2 * mean) * Math.sqrt(0.5), within(1e-14));
        }
    }
}
