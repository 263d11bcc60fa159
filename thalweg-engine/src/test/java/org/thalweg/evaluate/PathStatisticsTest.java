package org.thalweg.evaluate;

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
import org.thalweg.connect.ConnectContext;
import org.thalweg.connect.ConnectSettings;
import org.thalweg.connect.Methods;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.result.Measures;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.StatisticsPolicy;

class PathStatisticsTest {
    private static final Architecture LAYERS = Architecture.parse(
            "input(1,5,5) conv(1,4,2) batchnorm(4) relu conv(4,3,2,nobias) batchnorm(3) relu flatten linear(27,5) "
                    + "batchnorm(5) relu linear(5,3)");
    private static final Dataset DATA = SmallProblem.data(LAYERS, 150, 40, 3);

    private final Engine engine = Engine.start(2);

    @AfterEach
    void stopEngine() {
        engine.close();
        assertThat(Engine.liveBytes()).isZero();
    }

    /** A network whose statistics are far from what its features have. */
    private static Network network(long seed) {
        return SmallProblem.network(LAYERS, Precision.FLOAT64, seed);
    }

    private Path path(String method) {
        ConnectContext context = new ConnectContext(engine, Optional.of(DATA.train()), ConnectSettings.DEFAULTS);
        return engine.alone(() -> Methods.named(method).connect(network(1), network(2), context));
    }

    private PathStatistics statistics(Path path, StatisticsPolicy policy) {
        return new PathStatistics(engine, path, DATA.train(), policy);
    }

    @ParameterizedTest
    @EnumSource
    void theStoredStatisticsHoldAtTheEnds(StatisticsPolicy policy) {
        Path path = path("ot");
        PathStatistics statistics = engine.alone(() -> statistics(path, policy));
        int last = path.legs().size() - 1;

        assertThat(statistics.at(0, 0)).isEqualTo(network(1).weights());
        assertThat(statistics.at(last, 1)).isEqualTo(network(2).weights());
    }

    /** With statistics of its own each norm makes outputs of mean β and variance γ² v / (v + ε) of the very same examples. */
    @ParameterizedTest
    @ValueSource(strings = {"linear", "arc", "ot"})
    void reEstimatedStatisticsAreThoseOfWhatReachesEachNorm(String method) {
        Path path = path(method);

        Weights weights = engine.alone(
                () -> statistics(path, StatisticsPolicy.RE_ESTIMATE).at(0, 0.4));

        for (int norm : List.of(1, 4, 8)) {
            double[][] reaching = PlainForward.unitValues(LAYERS, weights, DATA.train(), norm);
            for (int unit = 0; unit < reaching.length; unit++) {
                assertThat(weights.get(norm + ".running_mean").get(unit))
                        .isCloseTo(mean(reaching[unit]), within(1e-12));
                assertThat(weights.get(norm + ".running_var").get(unit))
                        .isCloseTo(variance(reaching[unit]), within(1e-12));
            }
        }
        weights.asMap().forEach((name, tensor) -> {
            if (!name.contains("running")) {
                assertThat(tensor).as(name).isEqualTo(path.legs().get(0).at(0.4).get(name));
            }
        });
    }

    /** A row of a plane ends where no network is. */
    @Test
    void statisticsOfALineAreEstimatedAtItsEndsToo() {
        Path line = path("linear");

        List<Measures> measured = evaluator(StatisticsPolicy.RE_ESTIMATE).evaluateLine(line);
        Weights start = engine.alone(
                () -> PathStatistics.ofLine(engine, line, DATA.train()).at(0, 0));

        double[][] reaching = PlainForward.unitValues(LAYERS, start, DATA.train(), 4);
        assertThat(start.get("4.running_mean").get(2)).isCloseTo(mean(reaching[2]), within(1e-12));
        assertThat(measured).hasSize(3);
        assertThat(measured.get(0).trainLoss())
                .isCloseTo(PlainForward.score(LAYERS, start, DATA.train()).loss(), within(1e-9));
        assertThat(measured.get(1))
                .isEqualTo(evaluator(StatisticsPolicy.RE_ESTIMATE)
                        .evaluate(line)
                        .points()
                        .get(1)
                        .measures());
    }

    @ParameterizedTest
    @EnumSource(names = {"KEEP", "REPAIR"})
    void aLineHasNoNetworksWhoseStatisticsCouldBeKept(StatisticsPolicy policy) {
        Path line = path("linear");

        assertThatThrownBy(() -> evaluator(policy).evaluateLine(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + policy + "'");
    }

    private Evaluator evaluator(StatisticsPolicy policy) {
        return new Evaluator(engine, DATA, new EvaluationSettings(3, policy, Optional.empty()));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum / (values.length - 1);
    }

    @Test
    void keptStatisticsAreThoseOfTheStartAndTravelWithTheirUnits() {
        Path path = path("ot");
        ReorderLeg first = (ReorderLeg) path.legs().get(1);
        PathStatistics statistics = engine.alone(() -> statistics(path, StatisticsPolicy.KEEP));
        Tensor means = network(1).weights().get("1.running_mean");

        assertThat(statistics.at(0, 0.7).get("1.running_mean")).isEqualTo(means);
        assertThat(statistics.at(2, 0).get("1.running_mean"))
                .isEqualTo(means.select(0, first.held().inverse()));
    }

    /** Mean and deviation of what a norm makes lie between the ends' own, by t, for every norm and unit. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.25, 0.5, 0.9, 1})
    void repairedOutputsHaveTheInterpolatedMeanAndDeviation(double t) {
        Path path = path("linear");

        Weights weights =
                engine.alone(() -> statistics(path, StatisticsPolicy.REPAIR).at(0, t));

        for (int norm : List.of(1, 4, 8)) {
            double[][] a = PlainForward.unitValues(LAYERS, network(1).weights(), DATA.train(), norm + 1);
            double[][] b = PlainForward.unitValues(LAYERS, network(2).weights(), DATA.train(), norm + 1);
            double[][] between = PlainForward.unitValues(LAYERS, weights, DATA.train(), norm + 1);
            for (int i = 0; i < between.length; i++) {
                assertThat(mean(between[i])).isCloseTo((1 - t) * mean(a[i]) + t * mean(b[i]), within(1e-10));
                assertThat(Math.sqrt(variance(between[i])))
                        .isCloseTo((1 - t) * Math.sqrt(variance(a[i])) + t * Math.sqrt(variance(b[i])), within(1e-10));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void profileIsThatOfForwardPassesWithThesePolicysStatistics(StatisticsPolicy policy) {
        Path path = path("ot");
        Profile profile =
                new Evaluator(engine, DATA, new EvaluationSettings(3, policy, Optional.empty())).evaluate(path);
        PathStatistics statistics = engine.alone(() -> statistics(path, policy));

        for (ProfilePoint point : profile.points()) {
            Path.Position position = path.legAt(point.t());
            Weights weights = engine.alone(() -> statistics.at(position.leg(), position.s()));
            PlainForward.Score train = PlainForward.score(LAYERS, weights, DATA.train());
            assertThat(point.measures().trainLoss()).isCloseTo(train.loss(), within(1e-9));
        }
        assertThat(profile.start().trainLoss())
                .isCloseTo(
                        PlainForward.score(LAYERS, network(1).weights(), DATA.train())
                                .loss(),
                        within(1e-9));
    }

    /** A unit that says the same to every example, and one that its norm switches off. */
    @ParameterizedTest
    @EnumSource
    void deadUnitsLeaveTheStatisticsFinite(StatisticsPolicy policy) {
        Network a = dead(network(1));
        Network b = dead(network(2));
        ConnectContext context = new ConnectContext(engine, Optional.of(DATA.train()), ConnectSettings.DEFAULTS);
        Path path = engine.alone(() -> Methods.named("linear").connect(a, b, context));

        Profile profile =
                new Evaluator(engine, DATA, new EvaluationSettings(5, policy, Optional.empty())).evaluate(path);

        assertThat(profile.worst().trainLoss().value()).isFinite();
    }

    private static Network dead(Network network) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        double[] kernels = network.weights().get("0.weight").toDoubles();
        for (int i = 0; i < kernels.length / 4; i++) {
            kernels[i] = 0; // the first filter
        }
        tensors.put("0.weight", Tensor.owning(network.weights().get("0.weight").shape(), kernels));
        double[] gamma = network.weights().get("4.weight").toDoubles();
        gamma[1] = 0;
        tensors.put("4.weight", Tensor.owning(network.weights().get("4.weight").shape(), gamma));
        return new Network(LAYERS, Weights.of(tensors), Provenance.UNKNOWN);
    }

    /** With other counts of examples than a block has, blocks are combined as if there were one. */
    @Test
    void bitsDoNotDependOnTheNumberOfThreadsOrOnWhatIsKept() {
        Path path = path("linear");
        Examples train = DATA.train();
        try (Engine one = Engine.start(1);
                Engine many = Engine.start(5)) {
            Weights expected =
                    one.alone(() -> new PathStatistics(one, path, train, StatisticsPolicy.REPAIR).at(0, 0.3));

            assertThat(many.<Weights>alone(
                            () -> new PathStatistics(many, path, train, StatisticsPolicy.REPAIR).at(0, 0.3)))
                    .isEqualTo(expected);
        }
    }
}
