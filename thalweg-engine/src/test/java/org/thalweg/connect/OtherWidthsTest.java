package org.thalweg.connect;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.assign.AssignmentSolver;
import org.thalweg.assign.CostMatrix;
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;
import org.thalweg.train.CurveSettings;
import org.thalweg.train.Recipe;

class OtherWidthsTest {
    private final Engine engine = Engine.start(1);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    private static Network network(String layers, Precision precision, long seed) {
        return SmallProblem.network(Architecture.parse(layers), precision, seed);
    }

    private static Network network(String layers, long seed) {
        return network(layers, Precision.FLOAT64, seed);
    }

    private static Examples examples(Network network) {
        return SmallProblem.examples(
                60, network.architecture().inputs(), network.architecture().outputs(), 9);
    }

    private ConnectContext context(GroundCost cost, Examples train) {
        CurveSettings brief = new CurveSettings(new Recipe(1, 0.01, 0.9, 0, 20), CurveSettings.DEFAULTS.positions());
        return new ConnectContext(
                engine, Optional.of(train), new ConnectSettings(3, 1e-6, cost, brief, ConvexSettings.DEFAULTS));
    }

    private Path connect(String method, Network a, Network b, GroundCost cost) {
        ConnectContext context = context(cost, examples(a));
        return engine.alone(() -> Methods.named(method).connect(a, b, context));
    }

    private Path connect(String method, Network a, Network b) {
        return connect(method, a, b, GroundCost.WEIGHTS);
    }

    private static void requireSameFunction(Network original, Path path, double t, double tolerance) {
        Examples examples = examples(original);
        for (int i = 0; i < examples.count(); i++) {
            double[] expected = PlainForward.logits(original.architecture(), original.weights(), examples, i);
            assertThat(PlainForward.logits(path.architecture(), path.at(t), examples, i))
                    .as("example %d at %s", i, t)
                    .containsExactly(expected, within(tolerance));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "linear(5,8) relu linear(8,3); linear(5,12) relu linear(12,3)",
                "linear(5,7,nobias) relu linear(7,3,nobias); linear(5,4,nobias) relu linear(4,3,nobias)",
                "linear(5,1) relu linear(1,3); linear(5,6) relu linear(6,3)",
                "linear(5,6) relu linear(6,3); linear(5,1) relu linear(1,3)",
                "linear(5,6) batchnorm(6) relu linear(6,3); linear(5,4) batchnorm(4) relu linear(4,3)",
                "linear(5,6) relu linear(6,4) relu linear(4,3); linear(5,4) relu linear(4,7) relu linear(7,3)",
                "linear(5,6) relu linear(6,4) relu linear(4,3); linear(5,6) relu linear(6,9) relu linear(9,3)",
                "input(1,4,4) conv(1,4,3,pad=1) relu maxpool(2) flatten linear(16,5) relu linear(5,3); "
                        + "input(1,4,4) conv(1,6,3,pad=1) relu maxpool(2) flatten linear(24,3) relu linear(3,3)",
                "input(1,4,4) conv(1,4,3) groupnorm(4,4) relu flatten linear(16,3); "
                        + "input(1,4,4) conv(1,3,3) groupnorm(3,3) relu flatten linear(12,3)"
            })
    void pathEndsAtWhatBothNetworksCompute(String layersOfA, String layersOfB) {
        for (Precision precision : Precision.values()) {
            Network a = network(layersOfA, precision, 1);
            Network b = network(layersOfB, precision, 2);

            Path path = connect("ot", a, b);

            double tolerance = precision == Precision.FLOAT64 ? 1e-13 : 1e-5; // sums of some ten values of size 1
            requireSameFunction(a, path, 0, tolerance);
            requireSameFunction(b, path, 1, tolerance);
            for (int k = 0; k < a.architecture().hiddenUnits().size(); k++) {
                int n = a.architecture().hiddenUnits().get(k).size();
                int m = b.architecture().hiddenUnits().get(k).size();
                assertThat(path.architecture().hiddenUnits().get(k).size()).isBetween(Math.max(n, m), n + m - 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ot+wa", "ot+ca", "ot+wa+ca", "ot+butterfly", "ot:garipov-3", "ot+wa:garipov-4", "ot:bezier-3+ca"
            })
    void everyMethodOfTransportJoinsThem(String method) {
        Network a = network("linear(5,6) relu linear(6,3)", 1);
        Network b = network("linear(5,4) relu linear(4,3)", 2);

        Path path = connect(method, a, b);

        assertThat(path.method()).isEqualTo(method);
        requireSameFunction(a, path, 0, 1e-13);
        requireSameFunction(b, path, 1, 1e-13);
        assertThat(Methods.assignment(path)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ot+wa", "ot+ca", "ot+butterfly", "ot:garipov-3"})
    void methodsOfTransportJoinDeepOnes(String method) {
        Network a = network("linear(5,6) relu linear(6,4) relu linear(4,3)", 1);
        Network b = network("linear(5,4) relu linear(4,5) relu linear(5,3)", 2);

        Path path = connect(method, a, b);

        requireSameFunction(a, path, 0, 1e-13);
        requireSameFunction(b, path, 1, 1e-13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "arc", "linear+wa", "arc+ca", "garipov-3", "linear:bezier-3"})
    void otherMethodsSayWhichCan(String method) {
        Network a = network("linear(5,6) relu linear(6,3)", 1);
        Network b = network("linear(5,4) relu linear(4,3)", 2);

        assertThatThrownBy(() -> connect(method, a, b))
                .isInstanceOf(MismatchException.class)
                .hasMessageContainingAll("differ in width", "linear(5,6)", "linear(5,4)", "such as ot or ot+wa");
    }

    @Test
    void differencesBeyondWidthsAreRefused() {
        Network a = network("linear(5,6) relu linear(6,3)", 1);

        for (String other : new String[] {
            "linear(5,4,nobias) relu linear(4,3)", "linear(5,4) relu linear(4,2)", "linear(5,4) linear(4,3)"
        }) {
            assertThatThrownBy(() -> connect("ot", a, network(other, 2)))
                    .isInstanceOf(MismatchException.class)
                    .hasMessageContaining("differ in architecture");
        }
        assertThatThrownBy(() -> connect("ot", a, network("linear(5,4) relu linear(4,3)", Precision.FLOAT32, 2)))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("differ in precision");
    }

    /** Costs counted from the formula, plan by pairing each unit of A thrice with each unit of B twice. */
    @Test
    void transportOfOneHiddenLayerIsTheCheapest() {
        Network a = network("linear(5,2) relu linear(2,3)", 1);
        Network b = network("linear(5,3) relu linear(3,3)", 2);
        double[] costs = new double[6];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                costs[i * 3 + j] = cost(a.weights(), i, 2, b.weights(), j, 3);
            }
        }
        double[] repeated = new double[36];
        for (int at = 0; at < 36; at++) {
            repeated[at] = costs[at / 6 / 3 * 3 + at % 6 / 2];
        }
        double least = AssignmentSolver.solve(CostMatrix.owning(6, repeated)).cost() / 6 * Math.sqrt(6);

        Path path = connect("ot", a, b);

        assertThat(Methods.assignment(path).orElseThrow().cost()).isCloseTo(least, within(1e-12));
        assertThat(Methods.assignment(path).orElseThrow().dualityGap()).isCloseTo(0, within(1e-13));
    }

    /** C = |b − b'|² + |l − l'|² + |√(n/m) c − √(m/n) c'|². */
    private static double cost(Weights a, int i, int n, Weights b, int j, int m) {
        double cost = Math.pow(a.get("0.bias").get(i) - b.get("0.bias").get(j), 2);
        for (int k = 0; k < 5; k++) {
            cost += Math.pow(
                    a.get("0.weight").get(i * 5 + k) - b.get("0.weight").get(j * 5 + k), 2);
        }
        for (int k = 0; k < 3; k++) {
            double left = Math.sqrt((double) n / m) * a.get("2.weight").get(k * n + i);
            double right = Math.sqrt((double) m / n) * b.get("2.weight").get(k * m + j);
            cost += Math.pow(left - right, 2);
        }
        return cost;
    }

    @ParameterizedTest
    @EnumSource
    void equalWidthsArePairedAsOtPairsThem(GroundCost ground) {
        Network a = network("linear(5,17) relu linear(17,3)", 1);
        Network b = network("linear(5,17) relu linear(17,3)", 2);

        Refinement refined = engine.alone(() -> Refinement.of(List.of(a, b), context(ground, examples(a))));

        Path path = connect("ot", a, b, ground);
        assertThat(refined.networks().get(0).weights()).isEqualTo(a.weights());
        assertThat(refined.networks().get(1).weights())
                .isEqualTo(path.legs().get(0).at(1));
        double cost = Methods.assignment(path).orElseThrow().cost();
        assertThat(refined.quality().orElseThrow().cost()).isCloseTo(cost, within(1e-12 * cost));
    }

    /** B lists each unit of A twice, with half its outgoing weights: no distance, and the same function all the way. */
    @ParameterizedTest
    @EnumSource
    void networkWithEveryUnitTwiceIsWhereItsHalfIs(GroundCost ground) {
        Network a = network("linear(5,4) relu linear(4,3)", 1);
        Map<String, Tensor> doubled = new LinkedHashMap<>();
        int[] twice = {3, 1, 0, 2, 0, 3, 2, 1};
        doubled.put("0.weight", a.weights().get("0.weight").gather(0, 1, twice));
        doubled.put("0.bias", a.weights().get("0.bias").gather(0, 1, twice));
        double[] halves = a.weights().get("2.weight").gather(1, 1, twice).toDoubles();
        for (int i = 0; i < halves.length; i++) {
            halves[i] /= 2;
        }
        Architecture wide = Architecture.parse("linear(5,8) relu linear(8,3)");
        doubled.put("2.weight", Tensor.owning(Shape.of(3, 8), halves));
        doubled.put("2.bias", a.weights().get("2.bias"));
        Network b = new Network(wide, Weights.of(doubled), Provenance.UNKNOWN);

        Path path = connect("ot", a, b, ground);

        assertThat(Methods.assignment(path).orElseThrow().cost()).isCloseTo(0, within(1e-12));
        requireSameFunction(a, path, 0.5, 1e-13);
    }

    /**
     * Biases speak for one pairing (0.81 + 0.81 of row terms), rows for the other (1 + 1 of biases). Terms of rows that read two
     * slots of mass ½ must count once: twice, and rows would win.
     */
    @Test
    void termsOfRowsCountByTheMassOfWhatTheyRead() {
        double[] readers = {-1, 2};
        Network a = deep(readers, new double[] {0, 1}, new double[] {0, 0.9}, 1);
        Network b = deep(readers, new double[] {1, 1, 0, 0}, new double[] {0, 0, 0.9, 0.9}, 0.5);

        Refinement refined = engine.alone(() -> Refinement.of(List.of(a, b), context(GroundCost.WEIGHTS, examples(a))));

        assertThat(refined.networks().get(0).weights().get("2.bias").toDoubles())
                .containsExactly(
                        refined.networks().get(1).weights().get("2.bias").toDoubles());
    }

    /** Returns linear(1,2) relu linear(2,n) relu linear(n,1); the second layer's rows are ({@code first}, 0). */
    private static Network deep(double[] readers, double[] biases, double[] first, double outgoing) {
        int n = biases.length;
        double[] rows = new double[2 * n];
        double[] column = new double[n];
        for (int i = 0; i < n; i++) {
            rows[2 * i] = first[i];
            column[i] = outgoing;
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("0.weight", Tensor.owning(Shape.of(2, 1), readers.clone()));
        tensors.put("0.bias", Tensor.owning(Shape.of(2), new double[2]));
        tensors.put("2.weight", Tensor.owning(Shape.of(n, 2), rows));
        tensors.put("2.bias", Tensor.owning(Shape.of(n), biases));
        tensors.put("4.weight", Tensor.owning(Shape.of(1, n), column));
        tensors.put("4.bias", Tensor.owning(Shape.of(1), new double[1]));
        Architecture architecture = Architecture.parse("linear(1,2) relu linear(2," + n + ") relu linear(" + n + ",1)");
        return new Network(architecture, Weights.of(tensors), Provenance.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void deadUnitsAreCarriedLikeOthers(GroundCost ground) {
        Network a = dead(network("linear(5,6) relu linear(6,3)", 1), 3);
        Network b = dead(network("linear(5,4) relu linear(4,3)", 2), 4);

        Path path = connect("ot", a, b, ground);

        requireSameFunction(a, path, 0, 1e-13);
        requireSameFunction(b, path, 1, 1e-13);
        assertThat(path.architecture().hiddenUnits().get(0).size()).isBetween(6, 9);
    }

    /** Sets the first units' weights to zero. */
    private static Network dead(Network network, int count) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        int n = network.architecture().hiddenUnits().get(0).size();
        for (String name : new String[] {"0.weight", "0.bias", "2.weight"}) {
            Tensor tensor = network.weights().get(name);
            double[] values = tensor.toDoubles();
            int inner = name.equals("0.weight") ? 5 : 1;
            for (int i = 0; i < values.length; i++) {
                values[i] = i / inner % n < count ? 0 : values[i];
            }
            tensors.put(name, Tensor.owning(tensor.shape(), values));
        }
        return new Network(network.architecture(), Weights.of(tensors), Provenance.UNKNOWN);
    }

    @Test
    void balancedCostsAreForOneHiddenLayer() {
        Network a = network("linear(5,6) relu linear(6,4) relu linear(4,3)", 1);
        Network b = network("linear(5,6) relu linear(6,5) relu linear(5,3)", 2);

        assertThatThrownBy(() -> connect("ot", a, b, GroundCost.BALANCED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one hidden layer");
    }
}
