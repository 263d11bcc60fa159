package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.result.LegProfile;
import org.thalweg.result.ProfilePoint;

class HomecomingTest {
    private static final Architecture LAYERS = Architecture.parse(
            "input(2,5,5) conv(2,5,3,pad=1) relu maxpool(2) conv(5,6,2) relu flatten linear(6,5) relu linear(5,3)");
    private static final Examples EXAMPLES = SmallProblem.examples(200, LAYERS.inputs(), 3, 5);

    private final Engine engine = Engine.start(1);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private static Network network(long seed) {
        return SmallProblem.network(LAYERS, Precision.FLOAT64, seed);
    }

    private Path path(String method) {
        ConnectContext context =
                new ConnectContext(engine, Optional.of(EXAMPLES), new ConnectSettings(3, 1e-6, GroundCost.WEIGHTS));
        return engine.alone(() -> Methods.named(method).connect(network(1), network(2), context));
    }

    @Test
    void unitsComeHomeFromInputToOutputOnceThePathIsAtB() {
        assertThat(path("ot+wa").legs())
                .extracting(Leg::name)
                .containsExactly(
                        "1.curve",
                        "2.curve",
                        "3.curve",
                        "output",
                        "1.spare",
                        "1.reorder",
                        "1.restore",
                        "2.spare",
                        "2.reorder",
                        "2.restore",
                        "3.reorder");
        assertThat(path("ot").legs())
                .as("without examples nothing can stand in for a unit")
                .extracting(Leg::name)
                .containsExactly("curve", "1.reorder", "2.reorder", "3.reorder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ot+wa", "ot+butterfly"})
    void aRelayLeavesTheLossWhereItIs(String method) {
        Dataset data = new Dataset("noise", new ImageShape(2, 5, 5), EXAMPLES, EXAMPLES);

        for (LegProfile leg :
                new Evaluator(engine, data, 5).evaluate(path(method)).legs()) {
            if (leg.name().matches("[12].reorder")) {
                double start = leg.points().get(0).measures().trainLoss();
                assertThat(leg.points())
                        .as(leg.name())
                        .hasSizeGreaterThan(2)
                        .extracting(ProfilePoint::measures)
                        .allSatisfy(there -> assertThat(there.trainLoss()).isCloseTo(start, within(1e-12)));
            }
        }
    }

    /** What one filter said, the others say as well as they can: better than where it is only silenced. */
    @Test
    void theOthersStandInForTheUnitThatMakesWay() {
        Path path = path("ot+wa");
        CurveLeg spare = (CurveLeg) path.legs().get(4);
        ReorderLeg relay = (ReorderLeg) path.legs().get(5);
        double[] fitted = spare.at(1).get("3.weight").toDoubles();
        double[] silenced = spare.at(0).get("3.weight").toDoubles();
        int idle = 0;
        for (int i = 0; i < fitted.length; i++) {
            if (fitted[i] == 0) {
                silenced[i] = 0;
                idle++;
            }
        }

        assertThat(idle).as("6 filters read 2 x 2 values of one unit").isEqualTo(24);
        assertThat(spare.at(1)).isEqualTo(relay.start());
        assertThat(spare.tracks().entrySet().stream()
                        .filter(track -> track.getValue().moves())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("3.weight", "3.bias");
        Weights silent = Transition.replaced(spare.at(0), List.of("3.weight"), with(spare.at(0), "3.weight", silenced));
        assertThat(deviation(spare.at(1), spare.at(0))).isLessThan(0.9 * deviation(silent, spare.at(0)));
    }

    private static Weights with(Weights weights, String name, double[] values) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        tensors.put(name, Tensor.owning(weights.get(name).shape(), values));
        return Weights.of(tensors);
    }

    /** Returns the sum of squares by which pre-activations of the second convolution differ. */
    private static double deviation(Weights weights, Weights other) {
        double[][] made = PlainForward.unitValues(LAYERS, weights, EXAMPLES, 4);
        double[][] wanted = PlainForward.unitValues(LAYERS, other, EXAMPLES, 4);
        double sum = 0;
        for (int unit = 0; unit < made.length; unit++) {
            for (int i = 0; i < made[unit].length; i++) {
                sum += (made[unit][i] - wanted[unit][i]) * (made[unit][i] - wanted[unit][i]);
            }
        }
        return sum;
    }
}
