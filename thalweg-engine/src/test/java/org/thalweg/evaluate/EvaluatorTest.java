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
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.data.ImageShape;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Measure;
import org.thalweg.result.Measures;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.Recheck;
import org.thalweg.result.StatisticsPolicy;

class EvaluatorTest {
    /** One input, two classes, no hidden layer: the logits are w x, so every figure is known. */
    private static final Architecture LINE = Architecture.parse("linear(1,2,nobias)");

    private final Engine engine = Engine.start(1);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private static Tensor slopes(double first, double second) {
        return Tensor.owning(Shape.of(2, 1), new double[] {first, second});
    }

    private static Leg straight(String name, Tensor start, Tensor end) {
        return new CurveLeg(name, Map.of("0.weight", Track.linear(start, end)));
    }

    private static Path path(Leg... legs) {
        return new Path(LINE, "by hand", List.of(legs), Provenance.UNKNOWN);
    }

    /** Training inputs 1 and 2 of class 0, test input 1 of class 1. */
    private static Dataset data() {
        return new Dataset(
                "by hand",
                new ImageShape(1, 1, 1),
                Examples.of(new double[] {1, 2}, new int[] {0, 0}, 1, 2),
                Examples.of(new double[] {1}, new int[] {1}, 1, 2));
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void profileOfAPathWithKnownLossesIsExact() {
        // The margin of class 0 runs from 4 to -4 and back to 2.
        Path path =
                path(straight("curve", slopes(4, 0), slopes(-4, 0)), straight("output", slopes(-4, 0), slopes(2, 0)));

        Profile profile = new Evaluator(engine, data(), 3).evaluate(path);

        assertThat(profile.points()).extracting(ProfilePoint::t).containsExactly(0.0, 0.25, 0.5, 0.5, 0.75, 1.0);
        assertThat(profile.points())
                .extracting(ProfilePoint::leg)
                .startsWith("curve")
                .endsWith("output");
        double[] margins = {4, 0, -4, -4, -1, 2};
        for (int i = 0; i < margins.length; i++) {
            double m = margins[i];
            assertThat(profile.points().get(i).measures().trainLoss())
                    .isCloseTo((softplus(-m) + softplus(-2 * m)) / 2, within(1e-15));
            assertThat(profile.points().get(i).measures().testLoss()).isCloseTo(softplus(m), within(1e-15));
            assertThat(profile.points().get(i).measures().trainAccuracy()).isEqualTo(m > 0 ? 1 : 0);
            assertThat(profile.points().get(i).measures().testAccuracy()).isEqualTo(m < 0 ? 1 : 0);
        }
        assertThat(profile.start().testLoss()).isCloseTo(softplus(4), within(1e-15));
        assertThat(profile.end().testLoss()).isCloseTo(softplus(2), within(1e-15));
        assertThat(profile.worst().trainLoss().t()).isEqualTo(0.5);
        assertThat(profile.worst().trainLoss().exact()).isTrue();
        assertThat(profile.worst().testAccuracy().value()).isZero();
        assertThat(profile.barriers().worseEnd().trainLoss())
                .isCloseTo((softplus(4) + softplus(8) - softplus(-2) - softplus(-4)) / 2, within(1e-14));
        assertThat(profile.length().value()).isCloseTo(8 + 6, within(1e-14));
        assertThat(profile.length().ratio()).isCloseTo(14 / 2.0, within(1e-14));
    }

    @Test
    void exactWorstAccuracyLiesWhereTheMarginIsZero() {
        Path path = path(straight("output", slopes(3, 0), slopes(-1, 0)));

        Profile profile = new Evaluator(engine, data(), 2).evaluate(path);

        assertThat(profile.worst().trainAccuracy().value()).isZero();
        assertThat(profile.worst().trainAccuracy().t()).isEqualTo(0.75);
    }

    private static Path reordering(int units) {
        Architecture layers = Architecture.named("mlp-" + units, 3, 3);
        UnitGroup group = layers.unitGroups().get(0);
        Permutation held = Permutation.of(new Seed(4).shuffled(units));
        Weights start = SmallProblem.network(layers, Precision.FLOAT64, 1).weights();
        return new Path(layers, "swaps", List.of(new ReorderLeg("reorder", start, group, held)), Provenance.UNKNOWN);
    }

    @Test
    void reorderingListsItsEndsAndTheWorstOfEachStretch() {
        Path path = reordering(60);
        Dataset data = SmallProblem.data(path.architecture(), 90, 30, 5);

        LegProfile every = new Evaluator(engine, data, EvaluationSettings.MOST_POINTS)
                .evaluate(path)
                .legs()
                .get(0);
        LegProfile listed = new Evaluator(engine, data, 5).evaluate(path).legs().get(0);

        int swaps = ((ReorderLeg) path.legs().get(0)).swaps().size();
        assertThat(every.points()).hasSize(2 + 2 * swaps);
        assertThat(listed.points()).hasSizeBetween(2 + 4, 2 + 4 + 4).isSubsetOf(every.points());
        assertThat(listed.points())
                .extracting(ProfilePoint::t)
                .isSorted()
                .startsWith(0.0)
                .endsWith(1.0);
        assertThat(listed.worst()).isEqualTo(every.worst());
        for (Measure measure : Measure.values()) {
            double worst = every.points().stream()
                    .mapToDouble(p -> p.measures().get(measure))
                    .reduce(measure::worse)
                    .orElseThrow();
            assertThat(listed.worst().get(measure).value()).as("%s", measure).isEqualTo(worst);
            assertThat(listed.points())
                    .anyMatch(p -> p.t() == listed.worst().get(measure).t());
        }
    }

    @Test
    void reorderingIsAsLongAsItsSwaps() {
        Path path = reordering(3);
        ReorderLeg leg = (ReorderLeg) path.legs().get(0);
        Dataset data = SmallProblem.data(path.architecture(), 5, 5, 5);
        double sum = 0;
        for (int k = 0; k < leg.swaps().size(); k++) {
            double before = (double) k / leg.swaps().size();
            double after = (k + 1.0) / leg.swaps().size();
            double squares = 0;
            for (String name : leg.start().asMap().keySet()) {
                double[] p = leg.at(before).get(name).toDoubles();
                double[] q = leg.at(after).get(name).toDoubles();
                for (int i = 0; i < p.length; i++) {
                    squares += (p[i] - q[i]) * (p[i] - q[i]);
                }
            }
            sum += Math.sqrt(squares);
        }

        double length = new Evaluator(engine, data, 2).evaluate(path).length().value();

        assertThat(length).isCloseTo(sum, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e308, -1e308})
    void lossThatOverflowsIsAnErrorAndNoNumber(double slope) {
        Path path = path(straight("curve", slopes(1, 0), slopes(slope, -slope)));

        assertThatThrownBy(() -> new Evaluator(engine, data(), 3).evaluate(path))
                .isInstanceOf(NonFiniteLossException.class)
                .hasMessageMatching(
                        "the loss at t = (0.5|1.0), on leg 'curve', is (NaN|Infinity): values overflow there;.*");
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void dataOfOtherFeaturesOrClassesIsRefused() {
        Path path = path(straight("curve", slopes(1, 0), slopes(2, 0)));
        Dataset wide = SmallProblem.data(Architecture.named("mlp-2", 3, 2), 4, 4, 1);

        assertThatThrownBy(() -> new Evaluator(engine, wide, 3).evaluate(path))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("does not fit data set 'random', which has 3 features and 2 classes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -5, 10_002})
    void needsBothEndsAndABoundedNumberOfPoints(int points) {
        assertThatThrownBy(() -> new Evaluator(engine, data(), points))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("points is " + points);
    }

    @Test
    void worstPointsAreMeasuredAgainOnTheWholeDataSet() {
        Architecture layers = Architecture.parse("linear(4,6) relu linear(6,3)");
        Dataset whole = SmallProblem.data(layers, 90, 40, 3);
        Dataset part = SmallProblem.data(layers, 20, 10, 3);
        Path path = new Path(layers, "by hand", List.of(new CurveLeg("curve", tracks(layers))), Provenance.UNKNOWN);

        Profile profile = new Evaluator(
                        engine, part, new EvaluationSettings(4, StatisticsPolicy.KEEP, Optional.of(whole)))
                .evaluate(path);

        assertThat(profile.statistics()).isEmpty(); // no batch norm, no policy
        Recheck again = profile.recheck().orElseThrow();
        assertThat(again.trainExamples()).isEqualTo(90);
        assertThat(again.testExamples()).isEqualTo(40);
        for (Measure measure : Measure.values()) {
            double t = profile.worst().get(measure).t();
            PlainForward.Score train = PlainForward.score(layers, path.at(t), whole.train());
            PlainForward.Score test = PlainForward.score(layers, path.at(t), whole.test());
            Measures expected = new Measures(train.loss(), train.accuracy(), test.loss(), test.accuracy());
            assertThat(again.worst().get(measure).t()).isEqualTo(t);
            assertThat(again.worst().get(measure).value()).isCloseTo(expected.get(measure), within(1e-12));
        }
        assertThat(again.worst()).isNotEqualTo(profile.worst());
    }

    private static Map<String, Track> tracks(Architecture layers) {
        Weights a = SmallProblem.network(layers, Precision.FLOAT64, 1).weights();
        Weights b = SmallProblem.network(layers, Precision.FLOAT64, 2).weights();
        Map<String, Track> tracks = new LinkedHashMap<>();
        a.asMap().forEach((name, tensor) -> tracks.put(name, Track.linear(tensor, b.get(name))));
        return tracks;
    }
}
