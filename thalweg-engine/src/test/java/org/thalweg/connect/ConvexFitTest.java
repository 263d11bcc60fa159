package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.fixture.TwoLayerFixture;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;

class ConvexFitTest {
    private static final Architecture LAYERS = Architecture.parse("linear(4,6) relu linear(6,3)");

    private static Engine engine = Engine.start(2);

    @BeforeAll
    static void startEngine() {
        engine = Engine.start(2);
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    /** Three blocks of random examples, the last not full. */
    private static RefitProblem random(Precision precision, double lambda) {
        Network network = SmallProblem.network(LAYERS, precision, 11);
        Examples examples = SmallProblem.examples(2 * FeatureBlocks.BLOCK + 77, 4, 3, 12);
        return new RefitProblem(network, examples, RefitLoss.CROSS_ENTROPY, lambda);
    }

    /** Examples whose labels a linear layer on the same features made, so that they can be told apart without error. */
    private static RefitProblem separable(double lambda) {
        Network network = SmallProblem.network(LAYERS, Precision.FLOAT64, 13);
        double[] inputs = new double[300 * 4];
        Examples drawn = SmallProblem.examples(300, 4, 3, 14);
        drawn.copyInputs(0, 300, inputs);
        int[] labels = IntStream.range(0, 300)
                .map(i -> argmax(PlainForward.logits(LAYERS, network.weights(), drawn, i)))
                .toArray();
        return new RefitProblem(network, Examples.of(inputs, labels, 4, 3), RefitLoss.CROSS_ENTROPY, lambda);
    }

    private static int argmax(double[] values) {
        return IntStream.range(0, values.length)
                .reduce((a, b) -> values[b] > values[a] ? b : a)
                .orElseThrow();
    }

    static Stream<JsonNode> published() {
        return StreamSupport.stream(TwoLayerFixture.at("convexAdjustment").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("published")
    void refitsAreThePublishedOnes(JsonNode expected) {
        Network a = TwoLayerFixture.network("A", Precision.FLOAT64);
        Network b = TwoLayerFixture.network("B", Precision.FLOAT64);
        ConnectContext context = new ConnectContext(engine, Optional.empty(), ConnectSettings.DEFAULTS);
        Path path = engine.alone(
                () -> Methods.named(expected.get("curve").textValue()).connect(a, b, context));
        Weights point = path.legs().get(0).at(expected.get("t").doubleValue());
        RefitProblem problem = new RefitProblem(
                new Network(a.architecture(), point, Provenance.UNKNOWN),
                TwoLayerFixture.data().train(),
                RefitLoss.CROSS_ENTROPY,
                expected.get("lam").doubleValue());

        ConvexFit.Refit refit = problem.refit(engine, 1e-20, point);

        assertThat(refit.objective()).isCloseTo(expected.get("objective").doubleValue(), within(1e-9));
        // lambda/2 |W - W*|^2 <= F(W) - F*, and the published F is exact to about 1e-13: W to 1e-5
        assertThat(refit.output().get("2.weight").toDoubles())
                .containsExactly(TwoLayerFixture.numbers(expected.get("weight")), within(1e-5));
        assertThat(refit.output().get("2.bias").toDoubles())
                .containsExactly(TwoLayerFixture.numbers(expected.get("bias")), within(1e-5));
        RefitObjective.Level level =
                problem.on(engine, Long.MAX_VALUE, objective -> objective.level(objective.joined(refit.output())));
        assertThat(level.loss()).isCloseTo(expected.get("loss").doubleValue(), within(1e-5));
        assertThat(level.accuracy()).isEqualTo(expected.get("accuracy").doubleValue());
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1e-1, 1e-3, 1e-5})
    void leastValueIsThatOfNewtonsMethod(double lambda) {
        RefitProblem problem = random(Precision.FLOAT64, lambda);

        ConvexFit.Refit refit = problem.refit(engine, 1e-13, problem.start());

        double least = new PlainRefit(problem.network(), problem.examples(), lambda).leastCrossEntropy();
        assertThat(refit.objective()).isCloseTo(least, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-1, 1e-2, 1e-4, 1e-8})
    void certificateBoundsTheDistanceFromTheLeastValue(double tolerance) {
        RefitProblem problem = random(Precision.FLOAT64, 1e-3);
        double least = new PlainRefit(problem.network(), problem.examples(), 1e-3).leastCrossEntropy();

        ConvexFit.Refit refit = problem.refit(engine, tolerance, problem.start());

        assertThat(refit.certificate()).isLessThanOrEqualTo(tolerance);
        assertThat(refit.objective() - least).isBetween(-1e-14, refit.certificate() + 1e-14); // ulps of a value of 1
    }

    /** As where the sums are taken on other machines, and only some examples are here. */
    @ParameterizedTest
    @EnumSource
    void curvatureOfSomeExamplesChangesNothingButTime(RefitLoss loss) {
        RefitProblem random = random(Precision.FLOAT64, 1e-3);
        RefitProblem problem = new RefitProblem(random.network(), random.examples(), loss, 1e-3);
        RefitPoint point = new RefitPoint(LAYERS, problem.start(), problem.layer(), loss);
        Fold some = Fold.of(Fold.Kind.ALL, problem.examples()).spread(100);

        ConvexFit.Refit refit = problem.on(
                engine,
                Long.MAX_VALUE,
                all -> new ConvexFit(
                                engine,
                                new RefitObjective(
                                        all.sums(), () -> point.sums(engine, some), problem.layer(), loss, 1e-3),
                                1e-13)
                        .from(problem.start()));

        ConvexFit.Refit exact = problem.refit(engine, 1e-13, problem.start());
        assertThat(refit.certificate()).isLessThanOrEqualTo(1e-13);
        assertThat(refit.objective()).isCloseTo(exact.objective(), within(1e-13));
        assertThat(refit.passes()).isGreaterThan(exact.passes());
    }

    @Test
    void startNearTheOptimumChangesNothingButTime() {
        RefitProblem problem = random(Precision.FLOAT64, 1e-3);
        ConvexFit.Refit cold = problem.refit(engine, 1e-14, problem.start());
        ConvexFit.Refit neighbour = problem.withLambda(1.1e-3).refit(engine, 1e-14, problem.start());

        ConvexFit.Refit warm = problem.refit(engine, 1e-14, neighbour.output());

        assertThat(warm.objective()).isCloseTo(cold.objective(), within(1e-13));
        assertThat(warm.passes()).isLessThan(cold.passes());
        ConvexFit.Refit again = problem.refit(engine, 1e-14, cold.output());
        assertThat(again.passes()).isEqualTo(1);
        assertThat(again.output().get("2.weight").toDoubles())
                .containsExactly(cold.output().get("2.weight").toDoubles(), within(1e-15)); // rows are centred again
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-6, 1e-8, 1e-10})
    void separableExamplesAreSeparatedHoweverSmallLambdaIs(double lambda) {
        RefitProblem problem = separable(lambda);

        ConvexFit.Refit refit = problem.refit(engine, 1e-7, problem.start());

        assertThat(refit.certificate()).isLessThanOrEqualTo(1e-7);
        RefitObjective.Level level = problem.on(engine, Long.MAX_VALUE, o -> o.level(o.joined(refit.output())));
        assertThat(level.loss()).isLessThan(2000 * Math.sqrt(lambda)); // falls with lambda, about as its root
        if (lambda <= 1e-6) {
            assertThat(level.accuracy()).isEqualTo(1);
        }
    }

    @Test
    void classWithoutExamplesIsNeverChosen() {
        double[] inputs = new double[100 * 4];
        Examples drawn = SmallProblem.examples(100, 4, 2, 15);
        drawn.copyInputs(0, 100, inputs);
        int[] labels = IntStream.range(0, 100).map(i -> 2 * drawn.label(i)).toArray(); // classes 0 and 2 of three
        Network network = SmallProblem.network(LAYERS, Precision.FLOAT64, 16);
        RefitProblem problem =
                new RefitProblem(network, Examples.of(inputs, labels, 4, 3), RefitLoss.CROSS_ENTROPY, 1e-4);

        ConvexFit.Refit refit = problem.refit(engine, 1e-10, problem.start());

        assertThat(refit.objective())
                .isCloseTo(new PlainRefit(network, problem.examples(), 1e-4).leastCrossEntropy(), within(1e-10));
        assertThat(refit.output().get("2.bias").get(1))
                .isLessThan(Math.min(
                        refit.output().get("2.bias").get(0),
                        refit.output().get("2.bias").get(2)));
    }

    @Test
    void greatLambdaLeavesNothing() {
        RefitProblem problem = random(Precision.FLOAT64, 1e6);

        ConvexFit.Refit refit = problem.refit(engine, 1e-15, problem.start());

        assertThat(refit.output().get("2.weight").toDoubles()).containsExactly(new double[3 * 6], within(1e-6));
        assertThat(refit.objective()).isCloseTo(Math.log(3), within(1e-6));
    }

    @Test
    void smallerLambdaFitsBetter() {
        double previous = Double.POSITIVE_INFINITY;
        for (double lambda : new double[] {1, 1e-1, 1e-2, 1e-3, 1e-4}) {
            RefitProblem problem = random(Precision.FLOAT64, lambda);
            ConvexFit.Refit refit = problem.refit(engine, 1e-10, problem.start());
            double loss = problem.on(
                    engine,
                    Long.MAX_VALUE,
                    o -> o.level(o.joined(refit.output())).loss());

            assertThat(loss).isLessThan(previous);
            previous = loss;
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 1})
    void squaredErrorIsRidgeRegression(double lambda) {
        RefitProblem problem = new RefitProblem(
                random(Precision.FLOAT64, lambda).network(),
                random(Precision.FLOAT64, lambda).examples(),
                RefitLoss.SQUARED_ERROR,
                lambda);

        ConvexFit.Refit refit = problem.refit(engine, 1e-20, problem.start());

        double[] ridge = new PlainRefit(problem.network(), problem.examples(), lambda).ridge();
        // condition of the Gram matrix, below 1e4 here, times some ulps
        assertThat(problem.layer().joined(refit.output())).containsExactly(ridge, within(1e-10));
        assertThat(refit.passes()).isLessThanOrEqualTo(3); // the closed form, and what its rounding needs
    }

    /** With d targets the mean squared error is 2/d times half the squared distance, so λ weighs d/2 times as much. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 1})
    void meanSquaredErrorOfTargetsIsRidgeRegressionToo(double lambda) {
        RefitProblem labelled = random(Precision.FLOAT64, lambda);
        Examples examples = labelled.examples();
        double[] inputs = new double[examples.count() * 4];
        examples.copyInputs(0, examples.count(), inputs);
        double[] targets = new double[examples.count() * 3];
        for (int i = 0; i < examples.count(); i++) {
            targets[3 * i + examples.label(i)] = 1;
        }
        RefitProblem problem = new RefitProblem(
                labelled.network(), Examples.ofTargets(inputs, targets, 4, 3), RefitLoss.SQUARED_ERROR, lambda);

        ConvexFit.Refit refit = problem.refit(engine, 1e-20, problem.start());

        double[] ridge = new PlainRefit(problem.network(), examples, 1.5 * lambda).ridge();
        assertThat(problem.layer().joined(refit.output())).containsExactly(ridge, within(1e-10)); // as above
        assertThat(refit.passes()).isLessThanOrEqualTo(3);
    }

    @Test
    void floatsReachTheDefaultCertificateOnTheirRoundedWeights() {
        RefitProblem floats = random(Precision.FLOAT32, 1e-4);
        ConvexFit.Refit refit = floats.refit(engine, 1e-4, floats.start());

        RefitProblem doubles = new RefitProblem(
                new Network(LAYERS, inDouble(floats.start()), Provenance.UNKNOWN),
                floats.examples(),
                RefitLoss.CROSS_ENTROPY,
                1e-4);
        double exact = doubles.objective(engine, inDouble(refit.output()));
        assertThat(refit.objective()).isCloseTo(exact, within(1e-6)); // the rounding of logits of size 1
        double least = new PlainRefit(doubles.network(), doubles.examples(), 1e-4).leastCrossEntropy();
        assertThat(exact - least).isBetween(0.0, 1e-4);
    }

    private static Weights inDouble(Weights weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.asMap()
                .forEach((name, tensor) ->
                        tensors.put(name, Tensor.rounded(tensor.shape(), tensor.toDoubles(), Precision.FLOAT64)));
        return Weights.of(tensors);
    }

    @Test
    void certificateBeyondRoundingIsRefused() {
        RefitProblem problem = random(Precision.FLOAT32, 1e-4);

        assertThatThrownBy(() -> problem.refit(engine, 1e-25, problem.start()))
                .isInstanceOf(NoConvergenceException.class)
                .hasMessageContainingAll("the refit of the output layer came within", "not within 1.0E-25");
    }

    @ParameterizedTest
    @EnumSource
    void bitsDependNeitherOnThreadsNorOnWhetherFeaturesAreKept(Precision precision) {
        for (RefitLoss loss : RefitLoss.values()) {
            RefitProblem random = random(precision, 1e-3);
            RefitProblem problem = new RefitProblem(random.network(), random.examples(), loss, 1e-3);
            ConvexFit.Refit expected = problem.refit(engine, 1e-5, problem.start());
            for (int threads : new int[] {1, 3}) {
                try (Engine other = Engine.start(threads)) {
                    for (long bound : new long[] {0, Long.MAX_VALUE}) {
                        ConvexFit.Refit refit =
                                problem.on(other, bound, o -> new ConvexFit(other, o, 1e-5).from(problem.start()));
                        assertThat(refit)
                                .as("%s, %d threads, bound %d", loss, threads, bound)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void nativeMemoryIsGivenBack() {
        RefitProblem problem = random(Precision.FLOAT32, 1e-3);
        problem.refit(engine, 1e-4, problem.start());

        assertThat(Engine.liveBytes()).isZero();
    }
}
