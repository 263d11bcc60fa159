package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.ArcCurve;
import org.thalweg.path.BezierCurve;
import org.thalweg.path.Curve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.Track;

/** Curves between two networks that were trained to tell four clouds in the plane apart. */
class CurveTrainerTest {
    private static final Architecture SMALL = Architecture.named("mlp-12", 2, 4);
    private static final Examples CLOUDS = clouds(240);
    private static final Curve CHAIN = new PolygonalChain(3);

    private static Engine engine;
    private static Weights a;
    private static Weights b;

    /** Returns examples around (±1, ±1); the labels go round, so that no straight line parts one class from the rest. */
    private static Examples clouds(int count) {
        SplittableRandom random = new SplittableRandom(3);
        double[] values = new double[2 * count];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 4;
            values[2 * i] = (labels[i] < 2 ? 1 : -1) + 0.4 * random.nextGaussian();
            values[2 * i + 1] = (labels[i] % 2 == 0 ? 1 : -1) + 0.4 * random.nextGaussian();
        }
        return Examples.of(values, labels, 2, 4);
    }

    @BeforeAll
    static void trainEnds() {
        engine = Engine.start(1);
        a = trained(1);
        b = trained(2);
    }

    private static Weights trained(long seed) {
        Trainer trainer = new Trainer(SMALL, new Recipe(30, 0.1, 0.9, 1e-4, 16), new Seed(seed));
        return trainer.train(engine, CLOUDS, trainer.start(), TrainingListener.SILENT)
                .weights();
    }

    @AfterAll
    static void closeEngine() {
        engine.close();
    }

    private static CurveSettings settings(int epochs, double rate) {
        return new CurveSettings(new Recipe(epochs, rate, 0.9, 1e-4, 16), CurvePositions.UNIFORM);
    }

    private static CurveTrainer trainer(Curve curve, CurveSettings settings) {
        return new CurveTrainer(SMALL, curve, settings, new Seed(5));
    }

    /** Returns the state before the first epoch: controls evenly spaced on the straight line. */
    private static CurveState line(Curve curve) {
        List<Weights> controls = new ArrayList<>();
        for (int j = 0; j < curve.controls(); j++) {
            double t = (double) j / (curve.controls() - 1);
            controls.add(leg(PolygonalChain.LINEAR, List.of(a, b)).at(t));
        }
        return CurveState.at(controls);
    }

    private static CurveLeg leg(Curve curve, List<Weights> controls) {
        java.util.Map<String, Track> tracks = new java.util.LinkedHashMap<>();
        for (String name : SMALL.parameters().keySet()) {
            tracks.put(
                    name,
                    new Track(curve, controls.stream().map(c -> c.get(name)).toList()));
        }
        return new CurveLeg("curve", tracks);
    }

    private static double worstLoss(Curve curve, List<Weights> controls) {
        double worst = 0;
        for (int i = 0; i <= 40; i++) {
            Weights point = leg(curve, controls).at(i / 40.0);
            worst = Math.max(worst, PlainForward.score(SMALL, point, CLOUDS).loss());
        }
        return worst;
    }

    @ParameterizedTest
    @ValueSource(strings = {"chain(3)", "chain(5)", "bezier(3)", "bezier(4)"})
    void trainingBringsTheWorstLossNearThatOfTheEnds(String text) {
        Curve curve = Curve.parse(text);
        CurveState start = line(curve);

        CurveState end = trainer(curve, settings(40, 0.05)).train(engine, CLOUDS, start, CurveListener.SILENT);

        double ends = Math.max(
                PlainForward.score(SMALL, a, CLOUDS).loss(),
                PlainForward.score(SMALL, b, CLOUDS).loss());
        double before = worstLoss(curve, start.controls()) - ends;
        double after = worstLoss(curve, end.controls()) - ends;
        assertThat(before).isGreaterThan(0.05); // else there was nothing to do
        assertThat(after).isLessThan(before / 3);
    }

    @Test
    void endsDoNotMoveByABit() {
        CurveState end = trainer(CHAIN, settings(3, 0.1)).train(engine, CLOUDS, line(CHAIN), CurveListener.SILENT);

        assertThat(end.controls().get(0)).isEqualTo(a);
        assertThat(end.controls().get(2)).isEqualTo(b);
        assertThat(end.controls().get(1)).isNotEqualTo(line(CHAIN).controls().get(1));
        assertThat(end.epoch()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(CurvePositions.class)
    void resumedTrainingsEndWithTheBitsOfUninterruptedOnes(CurvePositions positions) {
        Curve curve = new PolygonalChain(4);
        CurveTrainer trainer =
                trainer(curve, new CurveSettings(settings(6, 0.05).recipe(), positions));
        List<CurveState> states = new ArrayList<>();
        CurveState whole = trainer.train(engine, CLOUDS, line(curve), epoch -> states.add(epoch.state()));

        for (CurveState state : states) {
            CurveState resumed = trainer.train(engine, CLOUDS, state, CurveListener.SILENT);

            assertThat(resumed).as("after epoch %d", state.epoch()).isEqualTo(whole);
        }
        assertThat(states).hasSize(6).endsWith(whole);
    }

    /** Layers that are large enough for their work to be shared among threads, on a curve all of whose controls count. */
    @Test
    void curvesOfLargeNetworksHaveTheSameBitsForAnyNumberOfThreads() {
        Architecture large =
                Architecture.parse("linear(2,1100) relu dropout(0.2) linear(1100,1000) relu linear(1000,4)");
        CurveTrainer trainer = new CurveTrainer(large, new BezierCurve(4), settings(1, 0.01), new Seed(5));
        CurveState start = CurveState.at(LongStream.rangeClosed(1, 4)
                .mapToObj(seed ->
                        SmallProblem.network(large, Precision.FLOAT32, seed).weights())
                .toList());
        CurveState once = trainer.train(engine, clouds(48), start, CurveListener.SILENT);

        for (int threads : new int[] {2, 4}) {
            try (Engine other = Engine.start(threads)) {
                CurveState end = trainer.train(other, clouds(48), start, CurveListener.SILENT);

                assertThat(end).as("%d threads", threads).isEqualTo(once);
            }
        }
    }

    @Test
    void listenersHearLossAndProfileOfEachEpoch() {
        List<CurveEpoch> heard = new ArrayList<>();

        trainer(CHAIN, settings(20, 0.05)).train(engine, CLOUDS, line(CHAIN), heard::add);

        CurveEpoch first = heard.get(0);
        CurveEpoch last = heard.get(19);
        assertThat(heard)
                .extracting(epoch -> epoch.state().epoch())
                .startsWith(1, 2, 3)
                .endsWith(20);
        assertThat(last.loss()).isPositive().isLessThan(first.loss());
        double mean = first.profile().stream()
                .filter(loss -> !loss.isNaN())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        assertThat(first.profile()).hasSize(16).anyMatch(loss -> loss.isNaN()); // 15 steps cannot fall in 16 parts
        assertThat(mean).isBetween(first.loss() / 2, first.loss() * 2);
    }

    @Test
    void divergenceStopsWithASentenceAfterTheLastGoodState() {
        List<CurveState> kept = new ArrayList<>();
        CurveTrainer trainer = trainer(CHAIN, settings(10, 1e12));

        assertThatThrownBy(() -> trainer.train(engine, CLOUDS, line(CHAIN), epoch -> kept.add(epoch.state())))
                .isInstanceOf(DivergedException.class)
                .hasMessageContainingAll("curve training diverged", "epoch", "1.0E12", "--curve-learning-rate");
        assertThat(kept).allSatisfy(state -> assertThat(state.inner()).allMatch(Trainer::isFinite));
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void networksInDoubleAreTrainedInDouble() {
        Architecture tiny = Architecture.named("mlp-3", 2, 4);
        List<Weights> controls = List.of(
                SmallProblem.network(tiny, Precision.FLOAT64, 1).weights(),
                SmallProblem.network(tiny, Precision.FLOAT64, 2).weights(),
                SmallProblem.network(tiny, Precision.FLOAT64, 3).weights());

        CurveState end = new CurveTrainer(tiny, CHAIN, settings(1, 0.1), new Seed(1))
                .train(engine, CLOUDS, CurveState.at(controls), CurveListener.SILENT);

        Tensor weight = end.controls().get(1).get("0.weight");
        assertThat(weight.precision()).isEqualTo(Precision.FLOAT64);
        assertThat(weight.get(0)).isNotEqualTo((float) weight.get(0));
    }

    @Test
    void examplesAndControlsMustFit() {
        CurveTrainer trainer = trainer(CHAIN, settings(1, 0.1));

        assertThatThrownBy(() ->
                        trainer.train(engine, SmallProblem.examples(5, 3, 4, 1), line(CHAIN), CurveListener.SILENT))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("does not fit data of 3 features");
        assertThatThrownBy(() -> trainer.train(engine, CLOUDS, line(new PolygonalChain(4)), CurveListener.SILENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 controls do not make a chain(3).");
        assertThatThrownBy(() -> trainer(ArcCurve.ARC, settings(1, 0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curve 'arc' does not end at its last control.");
    }

    @Test
    void stratifiedPositionsFallOnceInEachPart() {
        double[] t = CurvePositions.STRATIFIED.draw(new Seed(8), 50);

        assertThat(Arrays.stream(t).mapToInt(x -> (int) (x * 50)).sorted())
                .hasSize(50)
                .doesNotHaveDuplicates();
        assertThat(t).isNotEqualTo(Arrays.stream(t).sorted().toArray());
    }

    @Test
    void positionsHaveTheMomentsOfTheirDistributions() {
        int n = 20_000; // means of n draws: error about deviation / 141
        assertThat(moment(CurvePositions.UNIFORM, n, 1)).isEqualTo(0.5, within(0.01));
        assertThat(moment(CurvePositions.UNIFORM, n, 2)).isEqualTo(1.0 / 3, within(0.01));
        assertThat(moment(CurvePositions.MIDDLE, n, 1)).isEqualTo(0.5, within(0.01));
        assertThat(moment(CurvePositions.MIDDLE, n, 2)).isEqualTo(0.3, within(0.01)); // of density 6 t (1-t)
    }

    private static double moment(CurvePositions positions, int n, int power) {
        return Arrays.stream(positions.draw(new Seed(9), n))
                .map(t -> Math.pow(t, power))
                .average()
                .orElseThrow();
    }
}
