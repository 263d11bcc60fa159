package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Weights;
import org.thalweg.path.BezierCurve;
import org.thalweg.path.Curve;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.ReorderLeg;
import org.thalweg.path.Track;
import org.thalweg.result.TrainingCost;
import org.thalweg.train.CurveEpoch;
import org.thalweg.train.CurvePositions;
import org.thalweg.train.CurveSettings;
import org.thalweg.train.CurveState;
import org.thalweg.train.Recipe;

class TrainedCurveTest {
    private static final Architecture SHALLOW = Architecture.named("mlp-8", 5, 3);
    private static final Architecture DEEP = Architecture.named("mlp-6-7", 5, 3);
    private static final Examples EXAMPLES = SmallProblem.examples(100, 5, 3, 4);

    /** So small a rate that no weight moves: the curve is then where it starts. */
    private static final double STILL = 1e-300;

    private static Network network(Architecture architecture, long seed) {
        return SmallProblem.network(architecture, Precision.FLOAT32, seed);
    }

    private static Path connect(Connector connector, Architecture architecture, double rate, Checkpoints checkpoints) {
        CurveSettings curve = new CurveSettings(new Recipe(4, rate, 0.9, 1e-4, 32), CurvePositions.UNIFORM);
        ConnectSettings settings = new ConnectSettings(3, 1e-6, GroundCost.WEIGHTS, curve, ConvexSettings.DEFAULTS);
        try (Engine engine = Engine.start(1)) {
            ConnectContext context =
                    new ConnectContext(engine, Optional.of(EXAMPLES), settings, new Seed(2), checkpoints);
            return engine.alone(() -> connector.connect(network(architecture, 1), network(architecture, 2), context));
        }
    }

    private static Path connect(String method, double rate) {
        return connect(Methods.named(method), SHALLOW, rate, Checkpoints.NONE);
    }

    private static List<Weights> controls(Path path, int count) {
        Map<String, Track> tracks = ((CurveLeg) path.legs().get(0)).tracks();
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(j -> {
                    Map<String, org.thalweg.network.Tensor> tensors = new java.util.LinkedHashMap<>();
                    tracks.forEach(
                            (name, track) -> tensors.put(name, track.controls().get(j)));
                    return Weights.of(tensors);
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "garipov-3, linear",
        "garipov-5, linear",
        "bezier-4, linear",
        "ot:garipov-3, ot",
        "arc+wa:bezier-5, arc+wa"
    })
    void controlsBeginAsPointsOfTheStart(String method, String start) {
        Path still = connect(method, STILL);
        Path begun = connect(start, STILL);
        List<Leg> rest =
                begun.legs().stream().filter(CurveLeg.class::isInstance).toList();
        Path cut = new Path(SHALLOW, start, rest, Provenance.UNKNOWN);

        int k = Integer.parseInt(method.substring(method.lastIndexOf('-') + 1));
        for (int j = 0; j < k; j++) {
            assertThat(controls(still, k).get(j)).as("control %d", j).isEqualTo(cut.at((double) j / (k - 1)));
        }
    }

    @Test
    void reorderingOfTheStartFollowsTheTrainedCurve() {
        Path trained = connect("ot:garipov-3", 0.1);
        Path start = connect("ot", 0.1);

        assertThat(trained.legs()).extracting(Leg::name).containsExactly("curve", "reorder");
        assertThat(trained.legs().get(1)).isEqualTo(start.legs().get(1));
        assertThat(trained.at(0)).isEqualTo(network(SHALLOW, 1).weights());
        assertThat(trained.at(1)).isEqualTo(network(SHALLOW, 2).weights());
        assertThat(controls(trained, 3).get(1)).isNotEqualTo(start.legs().get(0).at(0.5));
        assertThat(Methods.assignment(trained)).isPresent().isEqualTo(Methods.assignment(start));
    }

    @Test
    void costsOfTrainingsOnTheWayAddUp() {
        assertThat(Methods.training(connect("garipov-3", 0.1))).contains(new TrainingCost(4, 16));
        assertThat(Methods.training(connect("garipov-3:bezier-4", 0.1))).contains(new TrainingCost(8, 32));
        assertThat(Methods.training(connect("ot", 0.1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"chain(3)", "bezier(4)"})
    void networksOfAnyDepthAreJoined(String text) {
        Connector straight = (a, b, context) -> new Path(
                a.architecture(),
                "straight",
                List.of(new CurveLeg("curve", LinearConnector.straight(a.weights(), b.weights()))),
                Provenance.UNKNOWN);

        Path path = connect(new TrainedCurve("deep", straight, Curve.parse(text)), DEEP, 0.1, Checkpoints.NONE);

        assertThat(path.at(0)).isEqualTo(network(DEEP, 1).weights());
        assertThat(path.at(1)).isEqualTo(network(DEEP, 2).weights());
        assertThat(path.at(0.5))
                .isNotEqualTo(connect(straight, DEEP, 0.1, Checkpoints.NONE).at(0.5));
    }

    @Test
    void checkpointsHearEveryEpochAndAreResumedFrom() {
        Stored stored = new Stored();
        Connector connector = Methods.named("garipov-4");
        Path whole = connect(connector, SHALLOW, 0.1, stored);

        assertThat(stored.epochs).extracting(epoch -> epoch.state().epoch()).containsExactly(1, 2, 3, 4);
        for (CurveEpoch epoch : List.copyOf(stored.epochs)) {
            Stored from = new Stored();
            from.epochs.add(epoch);
            assertThat(connect(connector, SHALLOW, 0.1, from)).isEqualTo(whole);
            assertThat(from.epochs).hasSize(1 + 4 - epoch.state().epoch());
        }
    }

    /** Keeps states in memory. */
    private static final class Stored implements Checkpoints {
        private final List<CurveEpoch> epochs = new java.util.ArrayList<>();

        @Override
        public CurveState resume(String method, CurveState start) {
            assertThat(method).isEqualTo("garipov-4");
            return epochs.isEmpty() ? start : epochs.get(epochs.size() - 1).state();
        }

        @Override
        public void onEpoch(String method, CurveEpoch epoch) {
            epochs.add(epoch);
        }
    }

    @Test
    void startsThatReorderOnTheWayAreRefused() {
        Connector reordering = (a, b, context) -> {
            Permutation order = Permutation.of(new int[] {1, 0, 2, 3, 4, 5, 6, 7});
            ReorderLeg reorder =
                    new ReorderLeg("reorder", a.weights(), SHALLOW.unitGroups().get(0), order);
            Leg curve = new CurveLeg("curve", LinearConnector.straight(reorder.end(), b.weights()));
            return new Path(SHALLOW, "odd", List.of(reorder, curve), Provenance.UNKNOWN);
        };

        assertThatThrownBy(() -> connect(
                        new TrainedCurve("odd:garipov-3", reordering, new PolygonalChain(3)),
                        SHALLOW,
                        0.1,
                        Checkpoints.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("odd:garipov-3", "re-orders units on the way");
    }

    @Test
    void trainingExamplesAreNeeded() {
        try (Engine engine = Engine.start(1)) {
            ConnectContext none = new ConnectContext(engine, Optional.empty(), ConnectSettings.DEFAULTS);

            assertThatThrownBy(() -> new TrainedCurve("bezier-3", Methods.named("linear"), new BezierCurve(3))
                            .connect(network(SHALLOW, 1), network(SHALLOW, 2), none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("method 'bezier-3' needs training examples; name a data set.");
        }
    }
}
