package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.assign.CostMatrix;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.fixture.TwoLayerFixture;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.ArcCurve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;
import org.thalweg.result.LegProfile;
import org.thalweg.result.ProfilePoint;

/** Every number of the fixture: paths in float64 to 1e-9, in float32 to 1e-4, relative to the largest of its tensor. */
class TwoLayerFixtureTest {
    /** The fixture's positions are multiples of 1/8, so this many knots and points, evenly spaced, hold all of them. */
    private static final int EIGHTHS = 9;

    private static final Dataset DATA = TwoLayerFixture.data();
    private static Engine engine = Engine.start(2);

    @BeforeAll
    static void startEngine() {
        engine = Engine.start(2);
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    private static double tolerance(Precision precision) {
        return precision == Precision.FLOAT64 ? 1e-9 : 1e-4;
    }

    private static Path path(String method, Precision precision, double ridge) {
        ConnectSettings settings = new ConnectSettings(EIGHTHS, ridge, GroundCost.WEIGHTS);
        ConnectContext context = new ConnectContext(engine, Optional.of(DATA.train()), settings);
        Network a = TwoLayerFixture.network("A", precision);
        Network b = TwoLayerFixture.network("B", precision);
        return engine.alone(() -> Methods.named(method).connect(a, b, context));
    }

    private static LegProfile curveProfile(Path path) {
        return new Evaluator(engine, DATA, EIGHTHS).evaluate(path).legs().get(0);
    }

    private static void assertScore(LegProfile profile, JsonNode expected, Precision precision) {
        int index = (int) Math.round(expected.get("t").doubleValue() * (EIGHTHS - 1));
        ProfilePoint actual = profile.points().get(index);
        double loss = expected.get("loss").doubleValue();
        assertThat(actual.measures().trainLoss())
                .as("loss at t %s", expected.get("t"))
                .isCloseTo(loss, within(tolerance(precision) * loss));
        assertThat(actual.measures().trainAccuracy())
                .as("accuracy at t %s", expected.get("t"))
                .isEqualTo(expected.get("accuracy").doubleValue());
    }

    private static void assertClose(String what, double[] actual, double[] expected, double relative) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(actual).as(what).containsExactly(expected, within(relative * largest));
    }

    static Stream<Arguments> curves() {
        return Stream.of("linear", "arc", "ot")
                .flatMap(method -> Stream.of(Precision.values()).map(p -> Arguments.of(method, p)));
    }

    @ParameterizedTest
    @MethodSource("curves")
    void curveRunsThroughThePublishedPoints(String method, Precision precision) {
        Path path = path(method, precision, 0);
        LegProfile profile = curveProfile(path);

        for (JsonNode point : TwoLayerFixture.at("methods", method, "points")) {
            Weights actual = path.legs().get(0).at(point.get("t").doubleValue());
            Weights expected = TwoLayerFixture.weights(point.get("layers"), Precision.FLOAT64);
            actual.asMap()
                    .forEach((name, tensor) -> assertClose(
                            name + " at t " + point.get("t"),
                            tensor.toDoubles(),
                            expected.get(name).toDoubles(),
                            tolerance(precision)));
            assertScore(profile, point, precision);
        }
    }

    static Stream<Arguments> adjustments() {
        return curves().flatMap(curve -> Stream.of("weightAdjustment", "weightAdjustmentRidge")
                .map(kind -> Arguments.of(curve.get()[0], curve.get()[1], kind)));
    }

    @ParameterizedTest
    @MethodSource("adjustments")
    void adjustedOutputLayersAreThePublishedOnes(String method, Precision precision, String kind) {
        JsonNode published = TwoLayerFixture.at("methods", method, kind);
        double ridge = published.path("rho").asDouble(0);
        Path path = path(method + "+wa", precision, ridge);
        LegProfile profile = curveProfile(path);

        for (JsonNode point : published.isArray() ? published : published.get("points")) {
            Weights actual = path.legs().get(0).at(point.get("t").doubleValue());
            for (String part : List.of("weight", "bias")) {
                assertClose(
                        part + " at t " + point.get("t"),
                        actual.get("2." + part).toDoubles(),
                        TwoLayerFixture.numbers(point.get(part)),
                        tolerance(precision));
            }
            assertScore(profile, point, precision);
        }
    }

    @ParameterizedTest
    @EnumSource
    void meanNeuronOfTheArcIsThePublishedOne(Precision precision) {
        CurveLeg arc = (CurveLeg) path("arc", precision, 0).legs().get(0);

        double[] bias = mean(arc, "0.bias");
        double[] incoming = mean(arc, "0.weight");
        double[] outgoing = mean(arc, "2.weight");
        double[] neuron = Stream.of(bias, incoming, outgoing)
                .flatMapToDouble(Arrays::stream)
                .toArray();

        assertClose("mean", neuron, TwoLayerFixture.numbers(TwoLayerFixture.at("mean")), tolerance(precision));
    }

    private static double[] mean(CurveLeg leg, String tensor) {
        Track track = Optional.ofNullable(leg.tracks().get(tensor)).orElseThrow();
        assertThat(track.curve()).isEqualTo(ArcCurve.ARC);
        return track.controls().get(2).toDoubles();
    }

    @Test
    void matchingCostsAreThePublishedOnes() {
        Network a = TwoLayerFixture.network("A", Precision.FLOAT64);
        Network b = TwoLayerFixture.network("B", Precision.FLOAT64);
        ConnectContext context = new ConnectContext(engine, Optional.empty(), ConnectSettings.DEFAULTS);

        CostMatrix costs = engine.alone(
                () -> MatchingCosts.of(Transition.of(a.architecture()).get(0), a.weights(), b.weights(), context));

        double[] actual = new double[25];
        for (int i = 0; i < actual.length; i++) {
            actual[i] = costs.get(i / 5, i % 5);
        }
        assertClose("costs", actual, TwoLayerFixture.numbers(TwoLayerFixture.at("costs")), 1e-9);
    }

    @ParameterizedTest
    @EnumSource
    void matchingIsThePublishedOne(Precision precision) {
        Path path = path("ot", precision, 0);

        double[] expected = TwoLayerFixture.numbers(TwoLayerFixture.at("permutation"));
        ReorderLeg reorder = (ReorderLeg) path.legs().get(1);
        assertThat(reorder.held().toArray())
                .isEqualTo(Arrays.stream(expected).mapToInt(d -> (int) d).toArray());
        double cost = TwoLayerFixture.at("cost").doubleValue();
        assertThat(Methods.assignment(path).orElseThrow().cost()).isCloseTo(cost, within(tolerance(precision) * cost));
    }

    @ParameterizedTest
    @EnumSource
    void swapOfTwoNeuronsScoresAsPublished(Precision precision) {
        double[] slots = TwoLayerFixture.numbers(TwoLayerFixture.at("swap", "slots"));
        Network b = TwoLayerFixture.network("B", precision);
        UnitGroup units = b.architecture().unitGroups().get(0);
        double[] permutation = TwoLayerFixture.numbers(TwoLayerFixture.at("permutation"));
        Permutation order =
                Permutation.of(Arrays.stream(permutation).mapToInt(d -> (int) d).toArray());
        int[] held = Permutation.identity(5).toArray();
        held[(int) slots[0]] = (int) slots[1];
        held[(int) slots[1]] = (int) slots[0];
        Leg swap = new ReorderLeg("reorder", units.relist(b.weights(), order), units, Permutation.of(held));
        Path path = new Path(b.architecture(), "swap", List.of(swap), Provenance.UNKNOWN);

        List<ProfilePoint> points =
                new Evaluator(engine, DATA, 5).evaluate(path).legs().get(0).points();

        assertThat(points).extracting(ProfilePoint::t).containsExactly(0.0, 0.25, 0.5, 1.0);
        for (ProfilePoint point : points) {
            JsonNode expected = published(point.t());
            double loss = expected.get("loss").doubleValue();
            assertThat(point.measures().trainLoss())
                    .as("loss at s %s", point.t())
                    .isCloseTo(loss, within(tolerance(precision) * loss));
            assertThat(point.measures().trainAccuracy())
                    .as("accuracy at s %s", point.t())
                    .isEqualTo(expected.get("accuracy").doubleValue());
        }
    }

    private static JsonNode published(double s) {
        for (JsonNode point : TwoLayerFixture.at("swap", "points")) {
            if (point.get("s").doubleValue() == s) {
                return point;
            }
        }
        throw new AssertionError("no published point at s " + s);
    }
}
