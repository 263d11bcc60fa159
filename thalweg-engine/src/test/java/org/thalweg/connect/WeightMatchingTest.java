package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;

class WeightMatchingTest {
    private static final Architecture CONVOLUTIONS = Architecture.parse(
            "input(2,6,6) conv(2,7,3,pad=1) batchnorm(7) relu maxpool(2) conv(7,9,3,pad=1,nobias) relu flatten "
                    + "linear(81,8) relu linear(8,3)");
    private static final Architecture TINY = Architecture.parse("linear(3,3) relu linear(3,3) relu linear(3,2)");

    private final Engine engine = Engine.start(2);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private static Network network(Architecture architecture, long seed) {
        return SmallProblem.network(architecture, Precision.FLOAT64, seed);
    }

    private Path connect(Network a, Network b, GroundCost cost) {
        Examples examples = SmallProblem.examples(50, a.architecture().inputs(), 2, 9);
        ConnectContext context = new ConnectContext(engine, Optional.of(examples), new ConnectSettings(2, 0, cost));
        return engine.alone(() -> Methods.named("ot").connect(a, b, context));
    }

    private static Weights relisted(Network network, Map<Integer, Permutation> orders) {
        Weights weights = network.weights();
        for (UnitGroup group : network.architecture().unitGroups()) {
            weights = group.relist(weights, orders.getOrDefault(group.layer(), Permutation.identity(group.size())));
        }
        return weights;
    }

    /** The squared distance of weights that belong to units. */
    private static double distance(Architecture architecture, Weights a, Weights b) {
        String last =
                architecture.affine().get(architecture.affine().size() - 1).bias();
        double sum = 0;
        for (String name : architecture.parameters().keySet()) {
            double[] p = a.get(name).toDoubles();
            double[] q = b.get(name).toDoubles();
            for (int i = 0; i < p.length && !name.equals(last); i++) {
                sum += (p[i] - q[i]) * (p[i] - q[i]);
            }
        }
        return sum;
    }

    @Test
    void unitsOfANetworkReListedInAllLayersAreFoundAgain() {
        Network a = network(CONVOLUTIONS, 1);

        Path path = connect(a, inOtherOrder(a), GroundCost.WEIGHTS);

        assertThat(path.legs()).extracting(Leg::name).containsExactly("curve", "1.reorder", "2.reorder", "3.reorder");
        assertThat(path.legs().get(0).at(0.5)).isEqualTo(a.weights());
        assertThat(Methods.assignment(path).orElseThrow().cost()).isZero();
    }

    /** Of units that say the same to every example nothing is known, and each costs 1; all others correlate fully. */
    @Test
    void activationsFindTheUnitsOfANetworkReListedInAllLayers() {
        Network a = network(CONVOLUTIONS, 1);
        Examples examples = SmallProblem.examples(50, CONVOLUTIONS.inputs(), 2, 9);
        int constant = 0;
        for (int read : List.of(4, 6, 9)) { // the next layer, or the flatten before it
            constant += (int) Stream.of(PlainForward.unitValues(CONVOLUTIONS, a.weights(), examples, read))
                    .filter(values -> DoubleStream.of(values).distinct().count() == 1)
                    .count();
        }

        Path path = connect(a, inOtherOrder(a), GroundCost.ACTIVATIONS);

        assertThat(Methods.assignment(path).orElseThrow().cost()).isCloseTo(constant, within(1e-9));
    }

    private static Network inOtherOrder(Network a) {
        Map<Integer, Permutation> orders = new HashMap<>();
        CONVOLUTIONS
                .unitGroups()
                .forEach(group ->
                        orders.put(group.layer(), Permutation.of(new Seed(group.layer()).shuffled(group.size()))));
        return new Network(CONVOLUTIONS, relisted(a, orders), Provenance.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOtherOrderOfOneLayerIsNearer(long seed) {
        Network a = network(TINY, seed);
        Network b = network(TINY, seed + 50);

        Path path = connect(a, b, GroundCost.WEIGHTS);

        double found = distance(TINY, a.weights(), path.legs().get(0).at(1));
        assertThat(Methods.assignment(path).orElseThrow().cost()).isCloseTo(found, within(1e-12 * found));
        for (Permutation other : ofThree()) {
            Weights first = relisted(b, Map.of(0, other, 2, held(path, 2)));
            Weights second = relisted(b, Map.of(0, held(path, 1), 2, other));
            assertThat(distance(TINY, a.weights(), first)).isGreaterThanOrEqualTo(found - 1e-12);
            assertThat(distance(TINY, a.weights(), second)).isGreaterThanOrEqualTo(found - 1e-12);
        }
    }

    private static Permutation held(Path path, int leg) {
        return ((ReorderLeg) path.legs().get(leg)).held();
    }

    private static List<Permutation> ofThree() {
        return List.of(
                Permutation.of(0, 1, 2),
                Permutation.of(0, 2, 1),
                Permutation.of(1, 0, 2),
                Permutation.of(1, 2, 0),
                Permutation.of(2, 0, 1),
                Permutation.of(2, 1, 0));
    }

    @Test
    void noLayerAloneCanBeMatchedBetter() {
        Network a = network(CONVOLUTIONS, 3);
        Network b = network(CONVOLUTIONS, 4);
        Path path = connect(a, b, GroundCost.WEIGHTS);
        Weights end = path.legs().get(0).at(1);

        double found = distance(CONVOLUTIONS, a.weights(), end);
        assertThat(found).isLessThan(distance(CONVOLUTIONS, a.weights(), b.weights()));
        for (UnitGroup group : CONVOLUTIONS.unitGroups()) {
            for (int first = 0; first < group.size(); first++) {
                for (int second = first + 1; second < group.size(); second++) {
                    int[] swap = Permutation.identity(group.size()).toArray();
                    swap[first] = second;
                    swap[second] = first;
                    Weights other = group.relist(end, Permutation.of(swap));
                    assertThat(distance(CONVOLUTIONS, a.weights(), other)).isGreaterThanOrEqualTo(found);
                }
            }
        }
    }

    @Test
    void reOrderingComesLastSoThatTrainedCurvesCanStartThere() {
        Path path = connect(network(CONVOLUTIONS, 3), network(CONVOLUTIONS, 4), GroundCost.WEIGHTS);

        assertThat(path.legs().subList(1, 4)).allMatch(ReorderLeg.class::isInstance);
    }

    @Test
    void balancedCostsAndTiedUnitsAreRefused() {
        Architecture tied = Architecture.parse("linear(3,4) groupnorm(2,4) relu linear(4,4) relu linear(4,2)");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> connect(network(TINY, 1), network(TINY, 2), GroundCost.BALANCED))
                .withMessageContaining("ground cost 'balanced' scales each layer against the next");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> connect(network(tied, 1), network(tied, 2), GroundCost.WEIGHTS))
                .withMessageContaining("cannot match the units of layer 0: a group norm");
    }
}
