package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.fixture.DeepFixture;
import org.thalweg.fixture.TwoLayerFixture;
import org.thalweg.network.Permutation;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.result.Profile;

/** Layer-by-layer paths against an independent implementation: plain least squares (ridge 0), float64. */
class DeepFixtureTest {
    /** Normal equations square the condition of the features, some hundred here: 1e4 · 1e-16 · the size of the sums. */
    private static final double TOLERANCE = 1e-9;

    private static final int KNOTS = 5; // at t = 0, 1/4, 1/2, 3/4, 1: the fixture's t are knots

    private static Path path(DeepFixture fixture, String method) {
        try (Engine engine = Engine.start(2)) {
            ConnectContext context = new ConnectContext(
                    engine, Optional.of(fixture.data().train()), new ConnectSettings(KNOTS, 0, GroundCost.WEIGHTS));
            return engine.alone(
                    () -> Methods.named(method).connect(fixture.network("A"), fixture.network("B"), context));
        }
    }

    private static Leg leg(Path path, String name) {
        return path.legs().stream()
                .filter(leg -> leg.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertClose(Weights actual, Weights expected) {
        expected.asMap()
                .forEach((name, tensor) -> assertThat(actual.get(name).toDoubles())
                        .as(name)
                        .containsExactly(tensor.toDoubles(), within(TOLERANCE)));
    }

    /**
     * Returns {@code fitted} with the columns of dead features, which no data determine, from {@code prior}: the fixture has
     * zeros there, the least weights that fit; we keep the prior's, the least change.
     */
    private static double[] deadFrom(Tensor prior, double[] fitted) {
        int columns = prior.shape().stride(0);
        double[] expected = fitted.clone();
        for (int j = 0; j < columns; j++) {
            boolean dead = true;
            for (int i = j; i < fitted.length; i += columns) {
                dead &= Math.abs(fitted[i]) < 1e-12;
            }
            for (int i = j; dead && i < fitted.length; i += columns) {
                expected[i] = prior.get(i);
            }
        }
        return expected;
    }

    static Stream<JsonNode> transitions() {
        return StreamSupport.stream(
                DeepFixture.THREE_LAYERS.json().get("transitions").spliterator(), false);
    }

    private static String legName(JsonNode point, String leg) {
        return point.get("transition").intValue() + "." + leg;
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void adjustedLayerIsThatOfTheFixture(JsonNode point) {
        Path path = path(DeepFixture.THREE_LAYERS, point.get("method").textValue() + "+wa");
        Weights reached = leg(path, legName(point, "curve")).at(point.get("t").doubleValue());
        String next = 2 * point.get("transition").intValue() + ".";
        JsonNode expected = point.get("adjusted");
        double[] weight = TwoLayerFixture.numbers(expected.get("weight"));
        Weights a = DeepFixture.THREE_LAYERS.network("A").weights();
        assertThat(reached.get(next + "weight").toDoubles())
                .containsExactly(deadFrom(a.get(next + "weight"), weight), within(TOLERANCE));
        assertThat(reached.get(next + "bias").toDoubles())
                .containsExactly(TwoLayerFixture.numbers(expected.get("bias")), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void matchedUnitsAreThoseOfTheFixture(JsonNode point) {
        double[] units = TwoLayerFixture.numbers(point.get("permutation"));
        int[] expected = Arrays.stream(units).mapToInt(u -> (int) u).toArray();
        Leg leg = leg(path(DeepFixture.THREE_LAYERS, "ot+wa"), legName(point, "reorder"));
        assertThat(((ReorderLeg) leg).held()).isEqualTo(Permutation.of(expected));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void jointVectorsMoveAsInTheFixture(JsonNode point) {
        DeepFixture fixture = DeepFixture.THREE_LAYERS;
        int number = point.get("transition").intValue();
        JsonNode theta = fixture.json().get("Theta");
        Weights start = fixture.weights(theta.get(number - 1).get("layers"));
        Weights end = fixture.weights(theta.get(number).get("layers"));
        NeuronConnector connector = connector(point.get("method").textValue());
        try (Engine engine = Engine.start(1)) {
            ConnectContext context =
                    new ConnectContext(engine, Optional.of(fixture.data().train()), ConnectSettings.DEFAULTS);
            Transition transition = Transition.of(fixture.architecture()).get(number - 1);
            Movement movement = engine.alone(() -> connector.move(transition, start, end, context));
            Weights reached =
                    new CurveLeg("curve", movement.tracks()).at(point.get("t").doubleValue());
            assertClose(reached, fixture.weights(point.get("butterfly").get("layers")));
        }
    }

    private static NeuronConnector connector(String name) {
        return switch (name) {
            case "linear" -> new LinearConnector();
            case "arc" -> new ArcConnector();
            default -> new OtConnector();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "arc", "ot"})
    void butterflyGoesThroughTheta2(String base) {
        DeepFixture fixture = DeepFixture.THREE_LAYERS;
        Path path = path(fixture, base + "+butterfly");
        assertClose(
                atHome(path, "1.curve", 1),
                fixture.weights(fixture.json().get("Theta").get(1).get("layers")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "arc", "ot"})
    void adjustmentGoesThroughEveryTheta(String base) {
        DeepFixture fixture = DeepFixture.THREE_LAYERS;
        Path path = path(fixture, base + "+wa");
        assertClose(
                atHome(path, "1.curve", 1),
                fixture.weights(fixture.json().get("Theta").get(1).get("layers")));
        assertClose(
                atHome(path, "2.curve", 2),
                fixture.weights(fixture.json().get("Theta").get(2).get("layers")));
    }

    /** Returns where a leg ends, the units of the lowest layers, which it has matched, in their own order. */
    private static Weights atHome(Path path, String name, int layers) {
        Weights weights = leg(path, name).at(1);
        List<ReorderLeg> homeward = path.legs().stream()
                .filter(ReorderLeg.class::isInstance)
                .map(ReorderLeg.class::cast)
                .limit(layers)
                .toList();
        for (ReorderLeg home : homeward) {
            weights = home.group().relist(weights, home.held().inverse());
        }
        return weights;
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "arc"})
    void filtersAreFittedOverPatches(String base) {
        DeepFixture fixture = DeepFixture.CONVOLUTION;
        Path path = path(fixture, base + "+wa");
        assertClose(
                leg(path, "1.curve").at(1),
                fixture.weights(fixture.json().get("Theta2").get("weights")));
        Weights theta3 = fixture.weights(fixture.json().get("Theta3").get("weights"));
        Weights reached = leg(path, "2.curve").at(1);
        Tensor prior = fixture.network("A").weights().get("6.weight");
        assertThat(reached.get("6.weight").toDoubles())
                .containsExactly(deadFrom(prior, theta3.get("6.weight").toDoubles()), within(TOLERANCE));
        assertThat(reached.get("6.bias").toDoubles())
                .containsExactly(theta3.get("6.bias").toDoubles(), within(TOLERANCE));
        assertThat(reached.get("3.weight")).isEqualTo(theta3.get("3.weight"));
    }

    @Test
    void filtersAreMatchedByAllThatListsThem() {
        DeepFixture fixture = DeepFixture.CONVOLUTION;
        try (Engine engine = Engine.start(1)) {
            ConnectContext context =
                    new ConnectContext(engine, Optional.of(fixture.data().train()), ConnectSettings.DEFAULTS);
            double[] expected = TwoLayerFixture.numbers(fixture.json().get("costs"));
            List<Double> actual = new ArrayList<>();
            var costs = engine.alone(() -> MatchingCosts.of(
                    Transition.of(fixture.architecture()).get(0),
                    fixture.network("A").weights(),
                    fixture.weights(fixture.json().get("Theta2").get("weights")),
                    context));
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    actual.add(costs.get(i, j));
                }
            }
            assertThat(actual.stream().mapToDouble(Double::doubleValue).toArray())
                    .containsExactly(expected, within(TOLERANCE));
        }
    }

    @Test
    void profileOfConvolutionsIsThatOfTheFixture() {
        DeepFixture fixture = DeepFixture.CONVOLUTION;
        Path path = path(fixture, "linear+wa");
        try (Engine engine = Engine.start(2)) {
            Profile profile = new Evaluator(engine, fixture.data(), 3).evaluate(path);
            double theta2 = profile.legs().get(0).points().get(2).measures().trainLoss();
            double theta3 = profile.legs().get(1).points().get(2).measures().trainLoss();
            assertThat(theta2)
                    .isCloseTo(fixture.json().get("Theta2").get("loss").doubleValue(), within(TOLERANCE));
            assertThat(theta3)
                    .isCloseTo(fixture.json().get("Theta3").get("loss").doubleValue(), within(TOLERANCE));
        }
    }
}
