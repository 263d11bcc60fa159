package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.KnotChain;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.Track;
import org.thalweg.result.LegProfile;
import org.thalweg.result.OutputRefits;
import org.thalweg.result.Profile;
import org.thalweg.train.CurveSettings;

class ConvexAdjustmentTest {
    private static final Architecture LAYERS = Architecture.parse("linear(4,9) relu linear(9,3)");
    private static final Dataset DATA = SmallProblem.data(LAYERS, 700, 100, 21);

    private static Engine engine = Engine.start(2);

    @BeforeAll
    static void startEngine() {
        engine = Engine.start(2);
    }

    @AfterAll
    static void stopEngine() {
        engine.close();
    }

    private static ConvexSettings settings(String lambda, int mostKnots, double certificate) {
        return new ConvexSettings(new Lambda(lambda), mostKnots, certificate, Optional.empty());
    }

    private static ConnectContext context(Examples train, ConvexSettings convex) {
        return new ConnectContext(
                engine,
                Optional.of(train),
                new ConnectSettings(3, 1e-6, GroundCost.WEIGHTS, CurveSettings.DEFAULTS, convex));
    }

    private static Path path(String method, Network a, Network b, ConvexSettings convex) {
        return engine.alone(() -> Methods.named(method).connect(a, b, context(DATA.train(), convex)));
    }

    private static Network random(long seed) {
        return SmallProblem.network(LAYERS, Precision.FLOAT64, seed);
    }

    /** A network whose output layer is the best for its features: where only a curve can raise the loss. */
    private static Network fitted(long seed) {
        Network network = random(seed);
        RefitProblem problem = new RefitProblem(network, DATA.train(), RefitLoss.CROSS_ENTROPY, 1e-6);
        Weights output = problem.refit(engine, 1e-12, network.weights()).output();
        return new Network(
                LAYERS, Transition.replaced(network.weights(), problem.layer().names(), output), Provenance.UNKNOWN);
    }

    private static OutputRefits refits(Path path) {
        return Methods.refits(path).orElseThrow();
    }

    private static OutputRefits.Leg leg(Path path) {
        return refits(path).legs().get(0);
    }

    @ParameterizedTest
    @CsvSource({"linear+ca, false", "arc+ca, false", "ot+ca, true"})
    void legsAreRefitCurveReorderRefit(String method, boolean reorders) {
        Path path = path(method, random(1), random(2), ConvexSettings.DEFAULTS);

        assertThat(path.legs())
                .extracting(Leg::name)
                .containsExactlyElementsOf(
                        reorders
                                ? List.of("refit-a", "curve", "reorder", "refit-b")
                                : List.of("refit-a", "curve", "refit-b"));
    }

    @Test
    void hiddenLayerFollowsTheBasesCurve() {
        Network a = random(1);
        Network b = random(2);
        CurveLeg plain =
                (CurveLeg) path("arc", a, b, ConvexSettings.DEFAULTS).legs().get(0);

        CurveLeg adjusted =
                (CurveLeg) path("arc+ca", a, b, ConvexSettings.DEFAULTS).legs().get(1);

        assertThat(adjusted.tracks().get("0.weight")).isEqualTo(plain.tracks().get("0.weight"));
        assertThat(adjusted.tracks().get("0.bias")).isEqualTo(plain.tracks().get("0.bias"));
    }

    @Test
    void outputLayerAtEachKnotIsTheRefitOfItsFeatures() {
        Network a = fitted(1);
        Network b = fitted(2);
        Path path = path("linear+ca", a, b, settings("1e-6", 5, 1e-10));
        List<Double> knots = leg(path).knots();

        assertThat(knots.size()).isGreaterThan(2);
        for (int i = 0; i < knots.size(); i++) {
            Weights point = path.legs().get(1).at(knots.get(i));
            RefitProblem problem = new RefitProblem(
                    new Network(LAYERS, point, Provenance.UNKNOWN), DATA.train(), RefitLoss.CROSS_ENTROPY, 1e-6);
            double least = new PlainRefit(problem.network(), problem.examples(), problem.lambda()).leastCrossEntropy();
            assertThat(problem.objective(engine, point) - least)
                    .as("knot %s", knots.get(i))
                    .isBetween(-1e-13, leg(path).certificates().get(i) + 1e-13);
        }
    }

    @Test
    void knotsGoWhereTheLossExceedsTheHigherEndUntilNoSuchPlaceIsLeft() {
        Path path = path("linear+ca", fitted(1), fitted(2), settings("1e-6", 100, 1e-8));
        OutputRefits refits = refits(path);

        assertThat(refits.isBudgetSpent()).isFalse();
        assertThat(refits.legs().get(0).knots())
                .startsWith(0.0)
                .endsWith(1.0)
                .contains(0.5)
                .isSorted();
        double higher = Math.max(loss(path.at(0)), loss(path.at(1)));
        List<Double> knots = refits.legs().get(0).knots();
        for (int i = 1; i < knots.size(); i++) {
            for (double part : List.of(0.25, 0.5, 0.75)) {
                double s = (1 - part) * knots.get(i - 1) + part * knots.get(i);
                assertThat(loss(path.legs().get(1).at(s))).as("at %s", s).isLessThanOrEqualTo(higher);
            }
        }
    }

    @Test
    void aKnotGoesToTheWorstPlaceFirst() {
        Path three = path("linear+ca", fitted(1), fitted(2), settings("1e-6", 3, 1e-8));
        Path four = path("linear+ca", fitted(1), fitted(2), settings("1e-6", 4, 1e-8));
        double end = Math.max(loss(three.at(0)), loss(three.at(1)));
        double least = Math.min(accuracy(three.at(0)), accuracy(three.at(1)));
        double worst = Stream.of(0.125, 0.25, 0.375, 0.625, 0.75, 0.875)
                .max(Comparator.comparingDouble(s -> {
                    Weights there = three.legs().get(1).at(s);
                    return Math.max(loss(there) - end, least - accuracy(there));
                }))
                .orElseThrow();

        assertThat(leg(four).knots()).containsExactly(sorted(0, 0.5, 1, worst));
    }

    private static Double[] sorted(double... values) {
        return DoubleStream.of(values).sorted().boxed().toArray(Double[]::new);
    }

    @Test
    void aKnotStandsHalfWayEvenWhereThePathNeedsNone() {
        Path two = path("linear+ca", random(1), random(2), settings("own", 2, 1e-4));
        Path path = path("linear+ca", random(1), random(2), ConvexSettings.DEFAULTS);

        assertThat(refits(two).isBudgetSpent()).isFalse();
        assertThat(leg(two).knots()).containsExactly(0.0, 1.0);
        assertThat(leg(path).knots()).containsExactly(0.0, 0.5, 1.0);
    }

    private static double loss(Weights weights) {
        return PlainForward.score(LAYERS, weights, DATA.train()).loss();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void spentBudgetSaysWhereThePathIsStillAbove(int most) {
        Path path = path("linear+ca", fitted(1), fitted(2), settings("1e-6", most, 1e-8));
        OutputRefits refits = refits(path);

        assertThat(refits.legs().get(0).knots()).hasSize(most);
        assertThat(refits.isBudgetSpent()).isTrue();
        double higher = Math.max(loss(path.at(0)), loss(path.at(1)));
        double lower = Math.min(accuracy(path.at(0)), accuracy(path.at(1)));
        for (double t : refits.legs().get(0).above()) {
            Weights there = path.legs().get(1).at(t);
            assertThat(loss(there) > higher || accuracy(there) < lower)
                    .as("above at %s", t)
                    .isTrue();
        }
    }

    private static double accuracy(Weights weights) {
        return PlainForward.score(LAYERS, weights, DATA.train()).accuracy();
    }

    @Test
    void curveIsTheKnotsAndStraightBetween() {
        Path path = path("ot+ca", fitted(1), fitted(2), settings("1e-6", 4, 1e-8));

        Track output = Optional.ofNullable(
                        ((CurveLeg) path.legs().get(1)).tracks().get("2.weight"))
                .orElseThrow();

        assertThat(output.curve()).isEqualTo(new KnotChain(leg(path).knots()));
    }

    @Test
    void worstLossOnTheLegsOfTheOutputLayerIsExactAndAtAnEnd() {
        Path path = path("ot+ca", random(1), random(2), ConvexSettings.DEFAULTS);
        Profile profile = new Evaluator(engine, DATA, 5).evaluate(path);

        for (LegProfile leg : profile.legs()) {
            boolean convex = leg.name().startsWith("refit-");
            assertThat(leg.worst().trainLoss().exact()).as(leg.name()).isEqualTo(convex);
            assertThat(leg.worst().testLoss().exact()).as(leg.name()).isEqualTo(convex);
            if (convex) {
                double start = leg.points().get(0).measures().trainLoss();
                double end =
                        leg.points().get(leg.points().size() - 1).measures().trainLoss();
                assertThat(leg.worst().trainLoss().value()).isEqualTo(Math.max(start, end));
            }
        }
    }

    @Test
    void refitOfAnEndIsTheSameFromEitherSide() {
        Network a = random(1);
        Network b = random(2);
        Path there = path("ot+ca", a, b, ConvexSettings.DEFAULTS);
        Path back = path("linear+ca", b, a, ConvexSettings.DEFAULTS);

        assertThat(there.legs().get(3).at(0)).isEqualTo(back.legs().get(0).at(1));
        assertThat(there.legs().get(0).at(1)).isEqualTo(back.legs().get(2).at(0));
    }

    @Test
    void ownCurveBeginsAtNetworkA() {
        Path path = path("ot+ca", random(1), random(2), ConvexSettings.DEFAULTS);
        Profile profile = new Evaluator(engine, DATA, 5).evaluate(path);

        assertThat(profile.curveWorst().trainLoss().value())
                .isEqualTo(Math.max(
                        profile.legs().get(0).worst().trainLoss().value(),
                        profile.legs().get(1).worst().trainLoss().value()));
        assertThat(profile.curveWorst().trainLoss().value())
                .isGreaterThanOrEqualTo(profile.start().trainLoss());
    }

    private static Network trainedWith(String recipe, long seed) {
        return new Network(LAYERS, random(seed).weights(), Provenance.UNKNOWN.with("recipe", recipe));
    }

    @ParameterizedTest
    @CsvSource({
        "sgd epochs=30 rate=0.01 momentum=0.9 decay=5.0E-4 batch=128, sgd decay=0.002 batch=1, 0.002",
        "sgd epochs=30 decay=3.0E-5 batch=128, nothing known, 3e-5",
        "sgd decay=0.0 batch=128, sgd decay=0.0 batch=128, 1e-4",
        "nothing known, , 1e-4"
    })
    void lambdaIsTheNetworksOwnWeightDecay(String recipeA, String recipeB, double expected) {
        Network a = trainedWith(recipeA, 1);
        Network b = recipeB == null ? random(2) : trainedWith(recipeB, 2);

        assertThat(refits(path("linear+ca", a, b, ConvexSettings.DEFAULTS)).lambda())
                .isEqualTo(expected);
    }

    @Test
    void lambdaThatIsNamedIsUsed() {
        assertThat(refits(path("linear+ca", random(1), random(2), settings("0.25", 5, 1e-4)))
                        .lambda())
                .isEqualTo(0.25);
    }

    @Test
    void lambdaOnHeldOutExamplesIsStiffWhereLabelsAreNoiseAndSoftWhereTheyAreNot() {
        double noise = refits(path("linear+ca", random(1), random(2), settings("held-out", 2, 1e-4)))
                .lambda();
        Network teacher = random(1);
        double[] inputs = new double[700 * 4];
        DATA.train().copyInputs(0, 700, inputs);
        int[] labels = IntStream.range(0, 700)
                .map(i -> greatest(PlainForward.logits(LAYERS, teacher.weights(), DATA.train(), i)))
                .toArray();
        ConnectContext taught = context(Examples.of(inputs, labels, 4, 3), settings("held-out", 2, 1e-4));
        Path path = engine.alone(() -> Methods.named("linear+ca").connect(teacher, teacher, taught));

        assertThat(noise).isEqualTo(1e-2);
        assertThat(refits(path).lambda()).isLessThan(1e-3);
    }

    private static int greatest(double[] values) {
        return IntStream.range(0, values.length)
                .reduce((a, b) -> values[b] > values[a] ? b : a)
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void certificatesAreKept(RefitLoss loss) {
        ConvexSettings convex = new ConvexSettings(Lambda.OWN, 3, 1e-6, Optional.of(loss));
        OutputRefits refits = refits(path("ot+ca", random(1), random(2), convex));

        assertThat(refits.loss()).isEqualTo(loss.text());
        assertThat(refits.legs().get(0).certificates())
                .hasSameSizeAs(refits.legs().get(0).knots());
        assertThat(Collections.max(refits.legs().get(0).certificates())).isLessThanOrEqualTo(1e-6);
        assertThat(refits.legs().get(0).passes())
                .hasSameSizeAs(refits.legs().get(0).knots())
                .allMatch(passes -> passes > 0);
    }

    @Test
    void refittedPathLiesBelowThePlainOne() {
        Profile plain =
                new Evaluator(engine, DATA, 9).evaluate(path("linear", fitted(1), fitted(2), ConvexSettings.DEFAULTS));
        Profile refitted = new Evaluator(engine, DATA, 9)
                .evaluate(path("linear+ca", fitted(1), fitted(2), settings("1e-6", 9, 1e-6)));

        assertThat(refitted.barriers().worseEnd().trainLoss())
                .isLessThan(0.5 * plain.barriers().worseEnd().trainLoss());
        assertThat(refitted.start().trainLoss()).isCloseTo(plain.start().trainLoss(), within(1e-12));
    }

    @Test
    void examplesOfOtherDataAreRefused() {
        Connector connector = Methods.named("linear+ca");
        Examples wider = SmallProblem.examples(10, 5, 3, 1);
        Examples moreClasses = Examples.of(new double[8], new int[] {0, 3}, 4, 4);

        assertThatThrownBy(() -> connector.connect(random(1), random(2), context(wider, ConvexSettings.DEFAULTS)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("does not fit data of 5 features and 3 classes");
        assertThatThrownBy(() -> connector.connect(random(1), random(2), context(moreClasses, ConvexSettings.DEFAULTS)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("does not fit data of 4 features and 4 classes");
    }

    @Test
    void labelsAreNeeded() {
        ConnectContext without = new ConnectContext(engine, Optional.empty(), ConnectSettings.DEFAULTS);

        assertThatThrownBy(() -> Methods.named("ot+ca").connect(random(1), random(2), without))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("method 'ot+ca' needs training examples");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "often", ""})
    void lambdaIsPositiveOrANameOfAChoice(String text) {
        assertThatThrownBy(() -> new Lambda(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("lambda is '" + text + "' but must be 'own', 'held-out' or a positive number");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> settings("own", 1, 1e-4)).hasMessageStartingWith("most knots is 1 but");
        assertThatThrownBy(() -> settings("own", 5, 0)).hasMessageStartingWith("certificate is 0.0 but");
        assertThatThrownBy(() -> settings("own", 5, Double.NaN)).hasMessageStartingWith("certificate is NaN but");
    }
}
