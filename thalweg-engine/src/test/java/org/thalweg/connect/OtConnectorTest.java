package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
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
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;

class OtConnectorTest {
    private static final Architecture LAYERS = Architecture.named("mlp-17", 5, 3);
    private static final UnitGroup UNITS = LAYERS.unitGroups().get(0);
    private static final Examples EXAMPLES = SmallProblem.examples(50, 5, 3, 9);

    private final Engine engine = Engine.start(1);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private static Network network(long seed) {
        return SmallProblem.network(LAYERS, Precision.FLOAT64, seed);
    }

    private static Network relisted(Network network, Permutation order) {
        return new Network(LAYERS, UNITS.relist(network.weights(), order), Provenance.UNKNOWN);
    }

    private Path connect(Network a, Network b, GroundCost cost) {
        ConnectContext context = new ConnectContext(engine, Optional.of(EXAMPLES), new ConnectSettings(2, 0, cost));
        return engine.alone(() -> Methods.named("ot").connect(a, b, context));
    }

    private static Permutation matching(Path path) {
        return ((ReorderLeg) path.legs().get(1)).held();
    }

    private static double distance(Weights a, Weights b) {
        double sum = 0;
        for (UnitGroup.Slice slice : UNITS.slices()) {
            double[] p = a.get(slice.tensor()).toDoubles();
            double[] q = b.get(slice.tensor()).toDoubles();
            for (int i = 0; i < p.length; i++) {
                sum += (p[i] - q[i]) * (p[i] - q[i]);
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void matchingCostsTheDistanceItMovesAndNeverMoreThanMatchingEachUnitWithItself(long seed) {
        Network a = network(seed);
        Network b = network(seed + 100);

        Path path = connect(a, b, GroundCost.WEIGHTS);

        double cost = Methods.assignment(path).orElseThrow().cost();
        double moved = distance(a.weights(), path.legs().get(0).at(1));
        assertThat(cost).isCloseTo(moved, within(1e-12 * moved));
        assertThat(cost).isLessThan(distance(a.weights(), b.weights()));
        assertThat(Methods.assignment(path).orElseThrow().dualityGap()).isBetween(0.0, 1e-12 * moved);
    }

    @ParameterizedTest
    @EnumSource
    void unitsOfARelistedNetworkAreFoundAgain(GroundCost cost) {
        Network a = network(1);
        Permutation order = Permutation.of(new Seed(7).shuffled(17));

        Path path = connect(a, relisted(a, order), cost);

        assertThat(matching(path)).isEqualTo(order.inverse());
        assertThat(path.legs().get(0).at(0.5)).isEqualTo(a.weights());
    }

    @ParameterizedTest
    @EnumSource
    void matchingDoesNotDependOnTheOrderOfEitherNetworksUnits(GroundCost cost) {
        Network a = network(1);
        Network b = network(2);
        Permutation first = Permutation.of(new Seed(3).shuffled(17));
        Permutation second = Permutation.of(new Seed(4).shuffled(17));

        Permutation plain = matching(connect(a, b, cost));
        Permutation listed = matching(connect(relisted(a, first), relisted(b, second), cost));

        for (int slot = 0; slot < 17; slot++) {
            assertThat(second.get(listed.get(slot))).as("slot %d", slot).isEqualTo(plain.get(first.get(slot)));
        }
    }

    @Test
    void curveEndsAtANetworkThatComputesWhatBComputes() {
        Network b = network(2);

        Weights end = connect(network(1), b, GroundCost.WEIGHTS).legs().get(0).at(1);

        for (int i = 0; i < EXAMPLES.count(); i++) {
            assertThat(PlainForward.logits(LAYERS, end, EXAMPLES, i))
                    .containsExactly(PlainForward.logits(LAYERS, b.weights(), EXAMPLES, i), within(1e-13));
        }
    }

    @Test
    void balancedCostsDoNotSeeAUnitsScale() {
        Network a = network(1);
        Network b = network(2);
        Permutation expected = matching(connect(a, b, GroundCost.BALANCED));

        assertThat(matching(connect(a, scaled(b), GroundCost.BALANCED))).isEqualTo(expected);
        assertThat(matching(connect(a, scaled(b), GroundCost.WEIGHTS)))
                .isNotEqualTo(matching(connect(a, b, GroundCost.WEIGHTS)));
    }

    @Test
    void activationCostsDoNotSeeAUnitsScale() {
        Network a = network(1);
        Network b = network(2);

        assertThat(matching(connect(a, scaled(b), GroundCost.ACTIVATIONS)))
                .isEqualTo(matching(connect(a, b, GroundCost.ACTIVATIONS)));
    }

    /** Returns the same function with unit i as (s b, s l, c / s), s = 4^(i mod 5 − 2), which rounds nothing. */
    private static Network scaled(Network network) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        for (UnitGroup.Slice slice : UNITS.slices()) {
            Tensor tensor = network.weights().get(slice.tensor());
            double[] values = tensor.toDoubles();
            int inner = tensor.shape().stride(slice.dimension());
            for (int i = 0; i < values.length; i++) {
                int unit = i / inner % UNITS.size();
                double s = Math.pow(4, unit % 5 - 2);
                values[i] *= slice.dimension() == 0 ? s : 1 / s;
            }
            tensors.put(slice.tensor(), Tensor.owning(tensor.shape(), values));
        }
        return new Network(LAYERS, Weights.of(tensors), Provenance.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void unitsThatAreAllZeroCanBeMatched(GroundCost cost) {
        Network zero = new Network(LAYERS, Weights.of(zeros(network(1).weights().asMap())), Provenance.UNKNOWN);

        Path path = connect(zero, network(2), cost);

        assertThat(path.at(0)).isEqualTo(zero.weights());
        assertThat(path.at(1)).isEqualTo(network(2).weights());
        assertThat(Methods.assignment(path).orElseThrow().cost()).isFinite();
    }

    private static Map<String, Tensor> zeros(Map<String, Tensor> like) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        like.forEach((name, tensor) -> zeros.put(
                name, Tensor.owning(tensor.shape(), new double[tensor.shape().elements()])));
        return zeros;
    }

    @Test
    void activationCostsNeedExamples() {
        ConnectContext context =
                new ConnectContext(engine, Optional.empty(), new ConnectSettings(2, 0, GroundCost.ACTIVATIONS));

        assertThatThrownBy(() -> Methods.named("ot").connect(network(1), network(2), context))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ground cost 'activations' needs training examples");
    }
}
