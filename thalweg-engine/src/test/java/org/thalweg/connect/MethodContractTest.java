package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.data.Dataset;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.EvaluationSettings;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.learn.LearnedMap;
import org.thalweg.learn.LearnedRule;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Measure;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.StatisticsPolicy;
import org.thalweg.train.CurveSettings;

/**
 * What every method promises, on every kind of network that it joins. A new method adds one line to {@link #JOINS}; a new
 * kind of network adds one {@link Problem}.
 */
class MethodContractTest {
    /** A kind of networks; examples of two layers are two blocks of evaluation, the second not full. */
    private enum Problem {
        TWO_LAYERS("linear(7,13) relu linear(13,4)", Precision.FLOAT32),
        TWO_LAYERS_FLOAT64("linear(7,13) relu linear(13,4)", Precision.FLOAT64),
        TWO_LAYERS_WITHOUT_BIASES("linear(5,11,nobias) relu linear(11,3,nobias)", Precision.FLOAT64),
        TWO_LAYERS_HIDDEN_BIAS_ONLY("linear(5,8) relu linear(8,3,nobias)", Precision.FLOAT64),
        TWO_LAYERS_OUTPUT_BIAS_ONLY("linear(5,8,nobias) relu linear(8,3)", Precision.FLOAT64),
        ONE_UNIT("linear(3,1) relu linear(1,2)", Precision.FLOAT64),
        FOUR_LAYERS("linear(6,9) relu linear(9,1) relu linear(1,7,nobias) relu linear(7,3)", Precision.FLOAT64),
        CONVOLUTIONS(
                "input(2,6,6) conv(2,4,3,pad=1) relu maxpool(2) conv(4,5,3,pad=1) relu flatten linear(45,3)",
                Precision.FLOAT32),
        CONVOLUTION_AND_OUTPUT("input(1,4,4) conv(1,3,3,nobias) relu flatten linear(12,3)", Precision.FLOAT64),
        NORMS(
                "input(1,5,5) conv(1,4,2) batchnorm(4) relu conv(4,4,2,nobias) groupnorm(2,4) relu avgpool(3) flatten "
                        + "dropout(0.5) linear(4,3)",
                Precision.FLOAT64);

        private final String layers;
        private final Precision precision;

        Problem(String layers, Precision precision) {
            this.layers = layers;
            this.precision = precision;
        }

        Architecture architecture() {
            return Architecture.parse(layers);
        }

        Network a() {
            return SmallProblem.network(architecture(), precision, 1);
        }

        Network b() {
            return SmallProblem.network(architecture(), precision, 2);
        }

        Dataset data() {
            boolean deep = architecture().affine().size() > 2; // plain forward passes of these are slow
            return deep ? SmallProblem.data(architecture(), 60, 20, 3) : SmallProblem.data(architecture(), 300, 40, 3);
        }

        /** Logits of size 1 and sums of some hundred terms: losses differ by some hundred roundings. */
        double tolerance() {
            return precision == Precision.FLOAT64 ? 1e-12 : 1e-5;
        }
    }

    private static final List<Problem> TWO_LAYERS = List.of(
            Problem.TWO_LAYERS,
            Problem.TWO_LAYERS_FLOAT64,
            Problem.TWO_LAYERS_WITHOUT_BIASES,
            Problem.TWO_LAYERS_HIDDEN_BIAS_ONLY,
            Problem.TWO_LAYERS_OUTPUT_BIAS_ONLY,
            Problem.ONE_UNIT);

    private static final List<Problem> DEEP =
            List.of(Problem.FOUR_LAYERS, Problem.CONVOLUTIONS, Problem.CONVOLUTION_AND_OUTPUT, Problem.NORMS);

    /** Deep networks whose units may all be re-listed. */
    private static final List<Problem> MATCHABLE =
            List.of(Problem.FOUR_LAYERS, Problem.CONVOLUTIONS, Problem.CONVOLUTION_AND_OUTPUT);

    /** A method and what it joins. */
    private record Joins(String method, List<Problem> problems) {}

    private static final List<Joins> JOINS = List.of(
            new Joins("linear", TWO_LAYERS),
            new Joins("linear", DEEP),
            new Joins("arc", TWO_LAYERS),
            new Joins("arc", DEEP),
            new Joins("ot", TWO_LAYERS),
            new Joins("ot", MATCHABLE),
            new Joins("linear+wa", TWO_LAYERS),
            new Joins("arc+wa", TWO_LAYERS),
            new Joins("ot+wa", TWO_LAYERS),
            new Joins("linear+wa", DEEP),
            new Joins("arc+wa", DEEP),
            new Joins("ot+wa", MATCHABLE),
            new Joins("linear+butterfly", DEEP),
            new Joins("arc+butterfly", DEEP),
            new Joins("ot+butterfly", MATCHABLE),
            new Joins("linear+ca", TWO_LAYERS),
            new Joins("arc+ca", TWO_LAYERS),
            new Joins("ot+ca", TWO_LAYERS),
            new Joins("ot+wa+ca", TWO_LAYERS),
            new Joins("linear+ca", DEEP),
            new Joins("arc+wa+ca", DEEP),
            new Joins("ot+wa+ca", MATCHABLE),
            new Joins("ot+butterfly+ca", MATCHABLE),
            new Joins("garipov-3+ca", TWO_LAYERS),
            new Joins("garipov-3", TWO_LAYERS),
            new Joins("garipov-3", List.of(Problem.FOUR_LAYERS, Problem.CONVOLUTIONS)),
            new Joins("bezier-4", TWO_LAYERS),
            new Joins("ot:garipov-3", TWO_LAYERS),
            new Joins("ot:garipov-3", List.of(Problem.CONVOLUTIONS)),
            new Joins("ot+ca", List.of(Problem.FOUR_LAYERS)),
            new Joins("ot+wa:garipov-5", TWO_LAYERS),
            new Joins("flow-realnvp", TWO_LAYERS),
            new Joins("flow-iaf", TWO_LAYERS),
            new Joins("bijection-realnvp", TWO_LAYERS),
            new Joins("bijection-iaf", TWO_LAYERS));

    /** As {@code at(t)} has them. */
    private static final EvaluationSettings AS_STORED =
            new EvaluationSettings(7, StatisticsPolicy.INTERPOLATE, Optional.empty());

    private static final Map<Row, Path> PATHS = new HashMap<>();

    /** One method on one kind of network. */
    record Row(String method, Problem problem) {
        private Path path(Engine engine) {
            ConnectSettings settings = settings();
            ConnectContext context =
                    new ConnectContext(engine, Optional.of(problem.data().train()), settings);
            return engine.alone(() -> Methods.named(method).connect(problem.a(), problem.b(), context));
        }

        private ConnectSettings settings() {
            return new ConnectSettings(
                    4, 1e-6, GroundCost.WEIGHTS, CurveSettings.DEFAULTS, ConvexSettings.DEFAULTS, maps());
        }

        private List<LearnedMap> maps() {
            return Methods.isLearned(method) ? List.of(SmallMaps.trained(method, problem.architecture())) : List.of();
        }

        /** Returns the path made on one thread; paths are immutable, so tests share it. */
        private Path path() {
            return PATHS.computeIfAbsent(this, row -> {
                try (Engine engine = Engine.start(1)) {
                    return row.path(engine);
                }
            });
        }

        @Override
        public String toString() {
            return method + " on " + problem;
        }
    }

    static Stream<Row> rows() {
        return JOINS.stream().flatMap(joins -> joins.problems().stream().map(p -> new Row(joins.method(), p)));
    }

    @TempDir
    private java.nio.file.Path folder = java.nio.file.Path.of("unset");

    @Test
    void everyMethodOfTheCatalogueIsHere() {
        assertThat(JOINS).extracting(Joins::method).containsAll(Methods.names());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void pathRunsFromAToBBitForBit(Row row) {
        Path path = row.path();

        assertThat(path.at(0)).isEqualTo(row.problem().a().weights());
        assertThat(path.at(1)).isEqualTo(row.problem().b().weights());
        assertThat(path.method()).isEqualTo(row.method());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachLegBeginsWhereTheOneBeforeItEnds(Row row) {
        Path path = row.path();

        assertThat(path.legs()).isNotEmpty();
        for (int i = 1; i < path.legs().size(); i++) {
            assertThat(path.legs().get(i).at(0))
                    .as("leg %d", i)
                    .isEqualTo(path.legs().get(i - 1).at(1));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void pathHasNoJumps(Row row) {
        Path path = row.path();
        int steps = 2000;
        double length = 0;
        double longest = 0;
        Weights before = path.at(0);
        for (int i = 1; i <= steps; i++) {
            Weights now = path.at((double) i / steps);
            double step = distance(before, now);
            before = now;
            length += step;
            longest = Math.max(longest, step);
        }

        // Speeds differ from leg to leg and knot to knot, but no step is a share of the path that could be seen.
        assertThat(longest).isLessThan(0.02 * length);
    }

    private static double distance(Weights a, Weights b) {
        double sum = 0;
        for (String name : a.asMap().keySet()) {
            double[] p = a.get(name).toDoubles();
            double[] q = b.get(name).toDoubles();
            for (int i = 0; i < p.length; i++) {
                sum += (p[i] - q[i]) * (p[i] - q[i]);
            }
        }
        return Math.sqrt(sum);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void fileHoldsThePathBitForBit(Row row) throws IOException {
        Path path = row.path();
        java.nio.file.Path file = folder.resolve("path.safetensors");

        PathFile.write(file, path);
        Path read = PathFile.read(file, LearnedRule::read);

        double[] joints = DoubleStream.iterate(0, i -> i <= path.legs().size(), i -> i + 1)
                .map(i -> i / path.legs().size())
                .toArray();
        double[] between = new SplittableRandom(5).doubles(40).toArray();
        for (double t : DoubleStream.concat(DoubleStream.of(joints), DoubleStream.of(between))
                .toArray()) {
            assertThat(read.at(t)).as("t %s", t).isEqualTo(path.at(t));
        }
        assertThat(read).isEqualTo(path);
        assertThat(Methods.assignment(read)).isEqualTo(Methods.assignment(path));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void profileIsThatOfForwardPassesAtItsPoints(Row row) {
        Dataset data = row.problem().data();
        Path path = row.path();
        Profile profile;
        try (Engine engine = Engine.start(1)) {
            profile = new Evaluator(engine, data, AS_STORED).evaluate(path);
        }

        for (ProfilePoint point : profile.points()) {
            Weights weights = path.at(point.t());
            PlainForward.Score train = PlainForward.score(path.architecture(), weights, data.train());
            PlainForward.Score test = PlainForward.score(path.architecture(), weights, data.test());
            String where = point.leg() + " at t " + point.t();
            double tolerance = row.problem().tolerance();
            assertThat(point.measures().trainLoss()).as(where).isCloseTo(train.loss(), within(tolerance));
            assertThat(point.measures().testLoss()).as(where).isCloseTo(test.loss(), within(tolerance));
            assertThat(point.measures().trainAccuracy()).as(where).isEqualTo(train.accuracy());
            assertThat(point.measures().testAccuracy()).as(where).isEqualTo(test.accuracy());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void worstOfEachLegIsNoBetterThanAnyOfItsPoints(Row row) {
        Profile profile;
        try (Engine engine = Engine.start(1)) {
            profile = new Evaluator(engine, row.problem().data(), 7).evaluate(row.path());
        }

        for (LegProfile leg : profile.legs()) {
            for (ProfilePoint point : leg.points()) {
                for (Measure measure : Measure.values()) {
                    assertThat(measure.excess(
                                    point.measures().get(measure),
                                    leg.worst().get(measure).value()))
                            .as("%s of %s at t %s", measure, leg.name(), point.t())
                            .isLessThanOrEqualTo(0);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void bitsDoNotDependOnTheNumberOfThreads(Row row) {
        Dataset data = row.problem().data();
        try (Engine one = Engine.start(1);
                Engine two = Engine.start(2);
                Engine four = Engine.start(4)) {
            Path path = row.path(one);
            Profile profile = new Evaluator(one, data, 5).evaluate(path);

            assertThat(row.path(two)).isEqualTo(path);
            assertThat(row.path(four)).isEqualTo(path);
            assertThat(new Evaluator(two, data, 5).evaluate(path)).isEqualTo(profile);
            assertThat(new Evaluator(four, data, 5).evaluate(path)).isEqualTo(profile);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void nativeMemoryIsGivenBack(Row row) {
        try (Engine engine = Engine.start(2)) {
            new Evaluator(engine, row.problem().data(), 3).evaluate(row.path(engine));
        }

        assertThat(Engine.liveBytes()).isZero();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void pathBetweenEqualNetworksHasTheirLossThroughout(Row row) {
        Network a = row.problem().a();
        Dataset data = row.problem().data();
        try (Engine engine = Engine.start(1)) {
            ConnectContext context = new ConnectContext(engine, Optional.of(data.train()), row.settings());
            Path path = engine.alone(() -> Methods.named(row.method()).connect(a, a, context));
            Profile profile = new Evaluator(engine, data, AS_STORED).evaluate(path);

            assertThat(path.at(1)).isEqualTo(a.weights());
            boolean arc = row.method().startsWith("arc") || Methods.isLearned(row.method());
            if (!arc) { // the arc of equal ends passes between them: its samples depend on each other
                assertThat(profile.barriers().worseEnd().trainLoss())
                        .isLessThan(row.problem().tolerance());
                assertThat(profile.length().ratio()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void networksOfOtherShapeOrPrecisionAreRefused(Row row) {
        Network a = row.problem().a();
        Network wider = SmallProblem.network(Architecture.named("mlp-6", 9, 2), row.problem().precision, 1);
        Precision other = row.problem().precision == Precision.FLOAT32 ? Precision.FLOAT64 : Precision.FLOAT32;
        Network rounded = SmallProblem.network(row.problem().architecture(), other, 2);
        try (Engine engine = Engine.start(1)) {
            ConnectContext context =
                    new ConnectContext(engine, Optional.of(row.problem().data().train()), row.settings());
            Connector connector = Methods.named(row.method());

            assertThatThrownBy(() -> connector.connect(a, wider, context))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContainingAll(
                            "differ in architecture", wider.architecture().text());
            assertThatThrownBy(() -> connector.connect(a, rounded, context))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining("differ in precision");
        }
    }
}
