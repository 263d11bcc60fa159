package org.thalweg.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.ArcCurve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.Track;

/** Fast evaluation against point-by-point forward passes, whatever moves. */
class CurveSamplerTest {
    private static final Architecture DEEP = Architecture.named("mlp-7-6", 5, 3);
    private static final int POINTS = 6;

    private final Engine engine = Engine.start(2);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private static Weights weights(Architecture layers, Precision precision, long seed) {
        return SmallProblem.network(layers, precision, seed).weights();
    }

    /** Returns a leg on which the tensors of {@code moving} follow {@code kind} and the others rest. */
    private static CurveLeg leg(Architecture layers, Precision precision, List<String> moving, String kind) {
        Weights a = weights(layers, precision, 1);
        Weights b = weights(layers, precision, 2);
        Weights c = weights(layers, precision, 3);
        Map<String, Track> tracks = new LinkedHashMap<>();
        a.asMap().forEach((name, start) -> {
            Track track = Track.resting(start);
            if (moving.contains(name)) {
                track = switch (kind) {
                    case "linear" -> Track.linear(start, b.get(name));
                    case "chain" -> new Track(new PolygonalChain(3), List.of(start, c.get(name), b.get(name)));
                    default -> new Track(ArcCurve.ARC, List.of(start, b.get(name), c.get(name)));
                };
            }
            tracks.put(name, track);
        });
        return new CurveLeg("curve", tracks);
    }

    static Stream<Arguments> legs() {
        List<String> all = List.copyOf(DEEP.parameters().keySet());
        List<List<String>> moving = List.of(
                all,
                List.of("0.weight"),
                List.of("0.bias"),
                List.of("2.weight", "2.bias", "4.weight"),
                List.of("2.bias", "4.bias"),
                List.of("4.weight", "4.bias"),
                List.of("4.bias"),
                List.of("0.weight", "4.weight"),
                List.of());
        return moving.stream()
                .flatMap(m -> Stream.of("linear", "chain", "arc")
                        .flatMap(kind -> Stream.of(Precision.values()).map(p -> Arguments.of(m, kind, p))));
    }

    @ParameterizedTest
    @MethodSource("legs")
    void scoresAreThoseOfForwardPasses(List<String> moving, String kind, Precision precision) {
        CurveLeg leg = leg(DEEP, precision, moving, kind);
        Examples examples = SmallProblem.examples(Blocks.MOST + 13, 5, 3, 8);

        CurveSampler sampler = new CurveSampler(engine, DEEP, leg, POINTS);
        SplitProfile profile = sampler.sample(examples);

        assertThat(sampler.positions()).containsExactly(0, 1 / 5.0, 2 / 5.0, 3 / 5.0, 4 / 5.0, 1);
        for (int i = 0; i < POINTS; i++) {
            PlainForward.Score expected = PlainForward.score(DEEP, leg.at(sampler.positions()[i]), examples);
            assertThat(profile.loss(i))
                    .as("loss at point %d", i)
                    .isCloseTo(expected.loss(), within(precision == Precision.FLOAT64 ? 1e-13 : 1e-5));
            assertThat(profile.accuracy(i)).as("accuracy at point %d", i).isEqualTo(expected.accuracy());
        }
    }

    @Test
    void biasAndWeightMayFollowDifferentCurves() {
        Map<String, Track> tracks = new LinkedHashMap<>(
                leg(DEEP, Precision.FLOAT64, List.of("0.weight"), "arc").tracks());
        tracks.putAll(Map.of(
                "0.bias",
                Track.linear(
                        weights(DEEP, Precision.FLOAT64, 1).get("0.bias"),
                        weights(DEEP, Precision.FLOAT64, 2).get("0.bias"))));
        CurveLeg leg = new CurveLeg("curve", tracks);
        Examples examples = SmallProblem.examples(20, 5, 3, 8);

        SplitProfile profile = new CurveSampler(engine, DEEP, leg, 3).sample(examples);

        assertThat(profile.loss(1))
                .isCloseTo(PlainForward.score(DEEP, leg.at(0.5), examples).loss(), within(1e-13));
    }

    @Test
    void meanOfAnArcStandsForEverySlot() {
        Architecture layers = Architecture.named("mlp-7", 5, 3);
        Weights a = weights(layers, Precision.FLOAT64, 1);
        Weights b = weights(layers, Precision.FLOAT64, 2);
        Map<String, Track> tracks = new LinkedHashMap<>();
        a.asMap().forEach((name, start) -> {
            int[] shape = start.shape().toArray();
            int units = name.equals("2.weight") ? 1 : 0;
            shape[units] = 1;
            Tensor mean = Tensor.owning(
                    org.thalweg.network.Shape.of(shape),
                    new double[start.shape().elements() / start.shape().extent(units)]);
            tracks.put(name, new Track(ArcCurve.ARC, List.of(start, b.get(name), mean)));
        });
        CurveLeg leg = new CurveLeg("curve", tracks);
        Examples examples = SmallProblem.examples(20, 5, 3, 8);

        SplitProfile profile = new CurveSampler(engine, layers, leg, 3).sample(examples);

        assertThat(profile.loss(1))
                .isCloseTo(PlainForward.score(layers, leg.at(0.5), examples).loss(), within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "chain", "arc"})
    void onlyStraightLinesOfTheOutputLayerAreExact(String kind) {
        Examples examples = SmallProblem.examples(20, 5, 3, 8);
        List<String> output = List.of("4.weight", "4.bias");

        SplitProfile last =
                new CurveSampler(engine, DEEP, leg(DEEP, Precision.FLOAT64, output, kind), 3).sample(examples);
        SplitProfile inner = new CurveSampler(
                        engine, DEEP, leg(DEEP, Precision.FLOAT64, List.of("2.bias", "4.bias"), kind), 3)
                .sample(examples);

        assertThat(last.exactLoss()).isEqualTo(kind.equals("linear"));
        assertThat(last.exactAccuracy().isPresent()).isEqualTo(kind.equals("linear"));
        assertThat(inner.exactLoss()).isFalse();
        assertThat(inner.exactAccuracy()).isEmpty();
    }
}
