package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;
import org.thalweg.path.Track;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Measure;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.Worst;

class WeightAdjustmentTest {
    private static final Architecture LAYERS = Architecture.named("mlp-9", 5, 3);
    private static final Architecture NO_BIASES = Architecture.named("mlp-9-nobias", 5, 3);

    private final Engine engine = Engine.start(2);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private Path connect(Network a, Network b, Examples train, int knots, double ridge) {
        ConnectContext context =
                new ConnectContext(engine, Optional.of(train), new ConnectSettings(knots, ridge, GroundCost.WEIGHTS));
        return engine.alone(() -> Methods.named("linear+wa").connect(a, b, context));
    }

    private static Network network(Architecture layers, Precision precision, long seed) {
        return SmallProblem.network(layers, precision, seed);
    }

    private static Examples examples(int count) {
        return SmallProblem.examples(count, 5, 3, 77);
    }

    private static List<Tensor> knots(Path path, String tensor) {
        Track track = Optional.ofNullable(
                        ((CurveLeg) path.legs().get(0)).tracks().get(tensor))
                .orElseThrow();
        return track.controls();
    }

    /** Returns the mean over examples of the squared distance to A's outputs. */
    private static double misfit(Network a, Weights weights, Examples train) {
        double sum = 0;
        for (int i = 0; i < train.count(); i++) {
            double[] wanted = PlainForward.logits(a.architecture(), a.weights(), train, i);
            double[] actual = PlainForward.logits(a.architecture(), weights, train, i);
            for (int k = 0; k < wanted.length; k++) {
                sum += (actual[k] - wanted[k]) * (actual[k] - wanted[k]);
            }
        }
        return sum / train.count();
    }

    private static Weights nudged(Weights weights, String tensor, int index, double by) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        double[] values = weights.get(tensor).toDoubles();
        values[index] += by;
        tensors.put(tensor, Tensor.owning(weights.get(tensor).shape(), values));
        return Weights.of(tensors);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-6, 1e-3})
    void firstKnotIsTheOutputLayerOfAAndTheOutputLegBeginsAtTheLast(double ridge) {
        Network a = network(LAYERS, Precision.FLOAT32, 1);
        Network b = network(LAYERS, Precision.FLOAT32, 2);

        Path path = connect(a, b, examples(60), 5, ridge);

        for (String tensor : List.of("2.weight", "2.bias")) {
            assertThat(knots(path, tensor))
                    .hasSize(5)
                    .first()
                    .isEqualTo(a.weights().get(tensor));
            assertThat(path.legs().get(1).at(0).get(tensor))
                    .isEqualTo(knots(path, tensor).get(4));
        }
    }

    @Test
    void withoutRidgeNoOtherOutputLayerIsNearerToTheOutputsOfA() {
        Network a = network(LAYERS, Precision.FLOAT64, 1);
        Examples train = examples(60);
        Path path = connect(a, network(LAYERS, Precision.FLOAT64, 2), train, 3, 0);

        for (double s : new double[] {0.5, 1}) {
            Weights fitted = path.legs().get(0).at(s);
            double least = misfit(a, fitted, train);
            for (String tensor : List.of("2.weight", "2.bias")) {
                for (int i = 0; i < fitted.get(tensor).shape().elements(); i++) {
                    for (double by : new double[] {-1e-3, 1e-3}) {
                        assertThat(misfit(a, nudged(fitted, tensor, i, by), train))
                                .as("%s[%d] at s %s", tensor, i, s)
                                .isGreaterThan(least);
                    }
                }
            }
        }
    }

    @Test
    void ridgePullsTowardsTheStraightLineBetweenTheOutputLayers() {
        Network a = network(LAYERS, Precision.FLOAT64, 1);
        Network b = network(LAYERS, Precision.FLOAT64, 2);

        Path path = connect(a, b, examples(60), 3, 1e9);

        Weights middle = path.legs().get(0).at(0.5);
        for (String tensor : List.of("2.weight", "2.bias")) {
            double[] line = Track.linear(a.weights().get(tensor), b.weights().get(tensor))
                    .at(0.5)
                    .toDoubles();
            assertThat(middle.get(tensor).toDoubles()).containsExactly(line, within(1e-8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void deadUnitsKeepTheirPlaceOnTheStraightLineWithoutRidge(Precision precision) {
        Network a = withDeadUnit(network(LAYERS, precision, 1), 4);
        Network b = withDeadUnit(network(LAYERS, precision, 2), 4);

        Path path = connect(a, b, examples(60), 3, 0);

        // A unit that is never active changes no output: the least deviation from the prior is none.
        Tensor middle = knots(path, "2.weight").get(1);
        Tensor line = Track.linear(a.weights().get("2.weight"), b.weights().get("2.weight"))
                .at(0.5);
        for (int k = 0; k < 3; k++) {
            assertThat(middle.get(9 * k + 4))
                    .isCloseTo(line.get(9 * k + 4), within(precision == Precision.FLOAT64 ? 1e-12 : 1e-6));
        }
        assertThat(misfit(a, path.legs().get(0).at(1), examples(60))).isFinite();
    }

    /** Returns the network with a unit whose bias lies far below what its inputs can reach. */
    private static Network withDeadUnit(Network network, int unit) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        double[] bias = network.weights().get("0.bias").toDoubles();
        bias[unit] = -100;
        Tensor old = network.weights().get("0.bias");
        tensors.put("0.bias", Tensor.rounded(old.shape(), bias, old.precision()));
        return new Network(network.architecture(), Weights.of(tensors), Provenance.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-6})
    void networksWhoseUnitsAreAllDeadCanBeAdjusted(double ridge) {
        Architecture layers = NO_BIASES;
        Network a = zeroHidden(network(layers, Precision.FLOAT64, 1));
        Network b = zeroHidden(network(layers, Precision.FLOAT64, 2));

        Path path = connect(a, b, examples(20), 3, ridge);

        assertThat(knots(path, "2.weight").get(1))
                .isEqualTo(Track.linear(a.weights().get("2.weight"), b.weights().get("2.weight"))
                        .at(0.5));
    }

    private static Network zeroHidden(Network network) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        Tensor hidden = network.weights().get("0.weight");
        tensors.put(
                "0.weight",
                Tensor.owning(hidden.shape(), new double[hidden.shape().elements()]));
        return new Network(network.architecture(), Weights.of(tensors), Provenance.UNKNOWN);
    }

    /**
     * A third of an example per unknown: the Gram matrix is singular, and its rounding in float32 would exceed the ridge. What
     * the data leaves open must follow the prior, not that rounding; and no ridge is too small to solve with.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-30, 1e-9, 1e-6, 1e-5})
    void fewExamplesGiveTheSolutionOfExactArithmetic(double ridge) {
        Architecture wide = Architecture.named("mlp-50", 5, 3);
        Network a = network(wide, Precision.FLOAT32, 1);
        Network b = network(wide, Precision.FLOAT32, 2);
        Examples few = examples(17);

        Path path = connect(a, b, few, 3, ridge);
        Path exact = connect(widened(a), widened(b), few, 3, ridge);

        double[] expected = knots(exact, "2.weight").get(1).toDoubles();
        assertThat(knots(path, "2.weight").get(1).toDoubles()).containsExactly(expected, within(1e-5));
        if (ridge < 1e-6) {
            assertThat(misfit(a, path.legs().get(0).at(1), few)).isLessThan(1e-6);
        }
    }

    private static Network widened(Network network) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        network.weights()
                .asMap()
                .forEach((name, tensor) -> tensors.put(name, Tensor.owning(tensor.shape(), tensor.toDoubles())));
        return new Network(network.architecture(), Weights.of(tensors), Provenance.UNKNOWN);
    }

    @Test
    void networksWithoutBiasesHaveNoRowOfOnes() {
        Network a = network(NO_BIASES, Precision.FLOAT64, 1);
        Examples train = examples(60);

        Path path = connect(a, network(NO_BIASES, Precision.FLOAT64, 2), train, 3, 0);

        Weights fitted = path.legs().get(0).at(1);
        double least = misfit(a, fitted, train);
        assertThat(fitted.asMap().keySet()).containsExactly("0.weight", "2.weight");
        for (int i = 0; i < 27; i++) {
            assertThat(misfit(a, nudged(fitted, "2.weight", i, 1e-3), train)).isGreaterThan(least);
            assertThat(misfit(a, nudged(fitted, "2.weight", i, -1e-3), train)).isGreaterThan(least);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void worstOfTheOutputLegIsThatOfDenseSampling(long seed) {
        Network a = network(LAYERS, Precision.FLOAT64, seed);
        Network b = network(LAYERS, Precision.FLOAT64, seed + 50);
        Dataset data = SmallProblem.data(LAYERS, 130, 70, seed);
        Path path = connect(a, b, data.train(), 3, 1e-6);

        LegProfile coarse = new Evaluator(engine, data, 2).evaluate(path).legs().get(1);
        LegProfile dense =
                new Evaluator(engine, data, 301).evaluate(path).legs().get(1);

        for (Measure measure : Measure.values()) {
            Worst exact = coarse.worst().get(measure);
            double sampled = dense.points().stream()
                    .map(ProfilePoint::measures)
                    .mapToDouble(m -> m.get(measure))
                    .reduce(measure::worse)
                    .orElseThrow();
            assertThat(exact.exact()).isTrue();
            assertThat(exact.leg()).isEqualTo("output");
            if (measure.isLoss()) {
                assertThat(exact.value()).isCloseTo(sampled, within(1e-12));
            } else {
                // Between two of 301 samples an example may leave and another come: at most one is missed here.
                int count = measure == Measure.TRAIN_ACCURACY ? 130 : 70;
                assertThat(sampled - exact.value()).isBetween(0.0, 1.0 / count + 1e-12);
            }
        }
        assertThat(coarse.worst().trainAccuracy().t()).isBetween(coarse.from(), coarse.to());
    }

    @Test
    void needsTrainingExamplesThatFit() {
        Network a = network(LAYERS, Precision.FLOAT32, 1);
        ConnectContext none = new ConnectContext(engine, Optional.empty(), ConnectSettings.DEFAULTS);
        Examples wide = SmallProblem.examples(10, 6, 3, 1);

        assertThatThrownBy(() -> engine.alone(() -> Methods.named("arc+wa").connect(a, a, none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("method 'arc+wa' needs training examples");
        assertThatThrownBy(() -> connect(a, a, wide, 3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit data of 6 features");
    }
}
