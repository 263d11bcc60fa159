package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

class MergeTest {
    private static final Architecture DENSE = Architecture.parse("linear(6,9) relu linear(9,4)");
    private static final Architecture DEEP = Architecture.parse(
            "input(2,6,6) conv(2,8,3,pad=1) relu maxpool(2) conv(8,7,3) relu flatten linear(7,9) relu linear(9,3)");

    private static Engine engine = Engine.start(1);

    @BeforeAll
    static void start() {
        assertThat(engine.threads()).isEqualTo(1);
    }

    @AfterAll
    static void closeWithoutLeaks() {
        engine.close();
        assertThat(Engine.liveBytes()).isZero();
    }

    private static Network network(Architecture architecture, long seed) {
        return SmallProblem.network(architecture, Precision.FLOAT64, seed);
    }

    private static Network shuffled(Network network, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Weights weights = network.weights();
        for (UnitGroup group : network.architecture().unitGroups()) {
            int[] order = Permutation.identity(group.size()).toArray();
            for (int i = order.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int held = order[i];
                order[i] = order[j];
                order[j] = held;
            }
            weights = group.relist(weights, Permutation.of(order));
        }
        return new Network(network.architecture(), weights, Provenance.UNKNOWN);
    }

    private static Dataset data(Architecture architecture) {
        return SmallProblem.data(architecture, 150, 20, 7);
    }

    private static Merge.Merged merged(String method, MergeOrder order, Network... networks) {
        Examples train = data(networks[0].architecture()).train();
        ConnectContext context = new ConnectContext(engine, Optional.of(train), ConnectSettings.DEFAULTS);
        Merge merge = new Merge(MergeMethod.named(method), order);
        return engine.alone(() -> merge.of(List.of(networks), context));
    }

    @ParameterizedTest
    @EnumSource(MergeOrder.class)
    void copiesInOtherOrdersMergeToTheNetworkItself(MergeOrder order) {
        for (Architecture architecture : List.of(DENSE, DEEP)) {
            Network network = network(architecture, 1);

            Network merged = merged("ot", order, network, shuffled(network, 2), shuffled(network, 3))
                    .network();

            merged.weights()
                    .asMap()
                    .forEach((name, tensor) -> assertThat(tensor.toDoubles())
                            .as(name)
                            .containsExactly(network.weights().get(name).toDoubles(), within(1e-15)));
        }
    }

    @Test
    void withoutMatchingEachWeightIsTheMean() {
        Network a = network(DENSE, 1);
        Network b = network(DENSE, 2);

        Weights mean = merged("linear", MergeOrder.FIRST, a, b).network().weights();

        mean.asMap().forEach((name, tensor) -> {
            for (int i = 0; i < tensor.shape().elements(); i++) {
                assertThat(tensor.get(i))
                        .isEqualTo((a.weights().get(name).get(i)
                                        + b.weights().get(name).get(i))
                                / 2);
            }
        });
    }

    @Test
    void matchingBringsNetworksCloserAndKeepsTheirFunction() {
        Network a = network(DEEP, 1);
        Network b = network(DEEP, 2);

        Network listed = merged("ot", MergeOrder.FIRST, a, b).parents().get(1);

        assertThat(squaredDistance(a, listed)).isLessThan(squaredDistance(a, b));
        assertThat(logits(listed)).containsExactly(logits(b), within(1e-12));
        assertThat(merged("ot", MergeOrder.FIRST, a, b).parents().get(0)).isEqualTo(a);
    }

    @Test
    void turnsAroundTheMeanLowerTheSpread() {
        Network[] networks = {network(DEEP, 1), network(DEEP, 2), network(DEEP, 3), network(DEEP, 4)};

        double first = spread(merged("ot", MergeOrder.FIRST, networks));
        double mean = spread(merged("ot", MergeOrder.MEAN, networks));

        assertThat(mean).isLessThan(first);
    }

    private static double spread(Merge.Merged merged) {
        return merged.parents().stream()
                .mapToDouble(parent -> squaredDistance(parent, merged.network()))
                .sum();
    }

    private static double squaredDistance(Network a, Network b) {
        double sum = 0;
        for (String name : a.weights().asMap().keySet()) {
            for (int i = 0; i < a.weights().get(name).shape().elements(); i++) {
                sum += Math.pow(
                        a.weights().get(name).get(i) - b.weights().get(name).get(i), 2);
            }
        }
        return sum;
    }

    private static double[] logits(Network network) {
        Examples train = data(network.architecture()).train();
        return engine.alone(() -> DeviceNetwork.load(network.architecture(), network.weights())
                .logits(Blocks.inputs(train, 0, train.count(), Precision.FLOAT64))
                .toDoubles());
    }

    @Test
    void adjustmentBringsOutputsNearerToTheMeanOfTheNetworks() {
        for (Architecture architecture : List.of(DENSE, DEEP)) {
            Network a = network(architecture, 1);
            Network b = network(architecture, 2);

            double plain = distanceToMean(merged("ot", MergeOrder.FIRST, a, b).network(), a, b);
            double adjusted =
                    distanceToMean(merged("ot+wa", MergeOrder.FIRST, a, b).network(), a, b);

            assertThat(adjusted).isLessThan(0.9 * plain);
        }
    }

    private static double distanceToMean(Network network, Network a, Network b) {
        double[] own = logits(network);
        double[] ofA = logits(a);
        double[] ofB = logits(b);
        double sum = 0;
        for (int i = 0; i < own.length; i++) {
            sum += Math.pow(own[i] - (ofA[i] + ofB[i]) / 2, 2);
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ot+ca", "ot+wa+ca"})
    void refittingLowersTheTrainingLoss(String method) {
        Network a = network(DEEP, 1);
        Network b = network(DEEP, 2);
        Evaluator evaluator = new Evaluator(engine, data(DEEP), 2);
        String plain = method.substring(0, method.length() - 3);

        assertThat(evaluator
                        .measure(merged(method, MergeOrder.FIRST, a, b).network())
                        .trainLoss())
                .isLessThan(evaluator
                        .measure(merged(plain, MergeOrder.FIRST, a, b).network())
                        .trainLoss());
    }

    @Test
    void statisticsAreThoseOfWhatTheMergedLayersMake() {
        Architecture architecture = Architecture.parse("linear(3,4) batchnorm(4) relu linear(4,2)");
        Examples train = data(architecture).train();

        Weights merged = merged("linear", MergeOrder.FIRST, network(architecture, 1), network(architecture, 2))
                .network()
                .weights();

        double[] x = new double[train.count() * 3];
        train.copyInputs(0, train.count(), x);
        for (int unit = 0; unit < 4; unit++) {
            double sum = 0;
            double squares = 0;
            for (int n = 0; n < train.count(); n++) {
                double z = merged.get("0.bias").get(unit);
                for (int i = 0; i < 3; i++) {
                    z += merged.get("0.weight").get(unit * 3 + i) * x[n * 3 + i];
                }
                sum += z;
                squares += z * z;
            }
            double mean = sum / train.count();
            assertThat(merged.get("1.running_mean").get(unit)).isCloseTo(mean, within(1e-12));
            assertThat(merged.get("1.running_var").get(unit))
                    .isCloseTo((squares - train.count() * mean * mean) / (train.count() - 1), within(1e-12));
        }
    }

    @Test
    void networksThatDifferAreRefused() {
        Network a = network(DENSE, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> merged("ot", MergeOrder.FIRST, a))
                .withMessage("a merge needs at least two networks, got 1.");
        assertThatExceptionOfType(MismatchException.class)
                .isThrownBy(() -> merged("ot", MergeOrder.FIRST, a, network(DEEP, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MergeMethod.named("ot+cb"))
                .withMessage("unknown way to merge 'ot+cb'; did you mean 'ot+ca'?");
    }

    /** Cutting each unit of A in two halves is what transport to B does, too: it costs nothing, and the merge is A. */
    @ParameterizedTest
    @ValueSource(strings = {"ot", "ot+wa"})
    void networkAndItsUnitsInHalvesMergeToWhatBothCompute(String method) {
        Network a = network(Architecture.parse("linear(6,3) relu linear(3,4)"), 1);
        Network halves = halved(a);

        Merge.Merged merged = merged(method, MergeOrder.FIRST, a, halves);

        assertThat(merged.network().architecture()).isEqualTo(halves.architecture());
        assertThat(merged.parents())
                .allSatisfy(parent -> assertThat(parent.architecture()).isEqualTo(halves.architecture()));
        Examples examples = SmallProblem.examples(20, 6, 4, 9);
        for (int i = 0; i < examples.count(); i++) {
            assertThat(PlainForward.logits(
                            merged.network().architecture(), merged.network().weights(), examples, i))
                    .containsExactly(
                            PlainForward.logits(a.architecture(), a.weights(), examples, i),
                            within(1e-5)); // the ridge of +wa, 1e-6, relative to features and weights of size 1
        }
    }

    /** Returns the network with each unit twice, next to each other, outgoing weights halved. */
    private static Network halved(Network a) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        a.weights().asMap().forEach((name, tensor) -> {
            int rows = tensor.shape().extent(0);
            int columns = tensor.shape().elements() / rows;
            boolean reads = name.equals("2.weight");
            double[] values = new double[name.equals("2.bias") ? rows : 2 * rows * columns];
            for (int i = 0; i < values.length; i++) {
                int from = name.equals("2.bias") ? i : reads ? i / 2 : i / (2 * columns) * columns + i % columns;
                values[i] = tensor.get(from) / (reads ? 2 : 1);
            }
            Shape shape = reads
                    ? Shape.of(rows, 2 * columns)
                    : name.equals("2.bias")
                            ? tensor.shape()
                            : columns > 1 ? Shape.of(2 * rows, columns) : Shape.of(2 * rows);
            tensors.put(name, Tensor.rounded(shape, values, Precision.FLOAT64));
        });
        return new Network(Architecture.parse("linear(6,6) relu linear(6,4)"), Weights.of(tensors), Provenance.UNKNOWN);
    }

    @Test
    void networksOfManyWidthsAreCutToOneAndStayWhatTheyWere() {
        List<Network> dense = List.of(
                network(DENSE, 1),
                network(Architecture.parse("linear(6,12) relu linear(12,4)"), 2),
                network(DENSE, 3),
                network(Architecture.parse("linear(6,7) relu linear(7,4)"), 4));
        List<Network> deep = List.of(
                network(DEEP, 1),
                network(
                        Architecture.parse("input(2,6,6) conv(2,6,3,pad=1) relu maxpool(2) conv(6,7,3) relu flatten "
                                + "linear(7,5) relu linear(5,3)"),
                        2),
                network(
                        Architecture.parse("input(2,6,6) conv(2,9,3,pad=1) relu maxpool(2) conv(9,4,3) relu flatten "
                                + "linear(4,10) relu linear(10,3)"),
                        3));
        for (List<Network> networks : List.of(dense, deep)) {
            for (MergeOrder order : MergeOrder.values()) {
                Merge.Merged merged = merged("ot", order, networks.toArray(Network[]::new));

                for (int i = 0; i < networks.size(); i++) {
                    assertThat(merged.parents().get(i).architecture())
                            .isEqualTo(merged.network().architecture());
                    assertThat(logits(merged.parents().get(i))).containsExactly(logits(networks.get(i)), within(1e-12));
                }
            }
        }
        assertThat(merged("ot", MergeOrder.FIRST, dense.toArray(Network[]::new))
                        .network()
                        .architecture()
                        .hiddenUnits()
                        .get(0)
                        .size())
                .isBetween(12, 9 + 12 - 1 + 7 - 1);
    }

    /** Three networks whose units are those of one, listed once, twice or thrice, each then with a part of its outgoing weights. */
    @Test
    void networksWithUnitsListedSeveralTimesMergeToTheNetworkItself() {
        Network network = network(DENSE, 1);

        Network merged = merged("ot", MergeOrder.FIRST, listed(network, 2), listed(network, 3), network)
                .network();

        assertThat(merged.architecture().hiddenUnits().get(0).size()).isBetween(27, 36);
        assertThat(logits(merged)).containsExactly(logits(network), within(1e-12));
    }

    private static Network listed(Network network, int times) {
        int[] units = new int[9 * times];
        Arrays.setAll(units, k -> k * 4 % 9);
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        tensors.put("0.weight", network.weights().get("0.weight").gather(0, 1, units));
        tensors.put("0.bias", network.weights().get("0.bias").gather(0, 1, units));
        double[] parts = network.weights().get("2.weight").gather(1, 1, units).toDoubles();
        Arrays.setAll(parts, i -> parts[i] / times);
        tensors.put("2.weight", Tensor.owning(Shape.of(4, units.length), parts));
        return new Network(
                network.architecture().withWidths(List.of(units.length)), Weights.of(tensors), Provenance.UNKNOWN);
    }

    @Test
    void otherWidthsAreMergedByTransportOnly() {
        Network a = network(DENSE, 1);
        Network wide = network(Architecture.parse("linear(6,12) relu linear(12,4)"), 2);
        Network other = network(Architecture.parse("linear(6,12,nobias) relu linear(12,4)"), 3);

        assertThatExceptionOfType(MismatchException.class)
                .isThrownBy(() -> merged("linear", MergeOrder.FIRST, a, wide))
                .withMessageContaining(
                        "differ in width, beginning with linear(6,9) relu linear(9,4); such are merged by ot");
        assertThatExceptionOfType(MismatchException.class)
                .isThrownBy(() -> merged("ot", MergeOrder.FIRST, a, wide, other))
                .withMessageContaining("differ in architecture");
    }

    @Test
    void namesAreReadBack() {
        Map<String, String> texts = new HashMap<>();
        MergeMethod.NAMES.forEach(
                name -> texts.put(name, MergeMethod.named(name).text()));

        assertThat(texts).hasSize(8).allSatisfy((name, text) -> assertThat(text).isEqualTo(name));
    }
}
