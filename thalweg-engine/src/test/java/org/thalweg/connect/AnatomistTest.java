package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.thalweg.engine.Engine;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.result.LayerAnatomy;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;

/** Networks whose neurons are independent standard normal vectors: what their distribution does is known. */
class AnatomistTest {
    private static final int UNITS = 4000;
    private static final int INPUTS = 3;
    private static final int CLASSES = 2;
    private static final int LENGTH = INPUTS + 1 + CLASSES;
    private static final double SAMPLING =
            6 * Math.sqrt(2.0 / UNITS); // six deviations of a variance of so many samples

    private static final Architecture DEEP =
            Architecture.parse("linear(3,300) relu linear(300,250) relu linear(250,2)");

    private static Engine engine;
    private static Network a;
    private static Network b;

    @BeforeAll
    static void start() {
        engine = Engine.start(1);
        a = normal(1, UNITS);
        b = normal(2, UNITS);
    }

    @AfterAll
    static void stop() {
        engine.close();
        assertThat(Engine.liveBytes()).isZero();
    }

    private static Network normal(long seed, int units) {
        return normal(
                seed,
                Architecture.parse("linear(" + INPUTS + "," + units + ") relu linear(" + units + "," + CLASSES + ")"));
    }

    private static Network normal(long seed, Architecture architecture) {
        SplittableRandom random = new SplittableRandom(seed);
        LinkedHashMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Shape> entry : architecture.tensors().entrySet()) {
            double[] values = new double[entry.getValue().elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextGaussian();
            }
            tensors.put(entry.getKey(), Tensor.owning(entry.getValue(), values));
        }
        return new Network(architecture, Weights.of(tensors), Provenance.UNKNOWN);
    }

    private static PathAnatomy look(String method, Network from, Network to) {
        ConnectContext context = new ConnectContext(
                engine, Optional.of(SmallProblem.examples(50, INPUTS, CLASSES, 5)), ConnectSettings.DEFAULTS);
        return new Anatomist(engine)
                .look(engine.alone(() -> Methods.named(method).connect(from, to, context)));
    }

    private static NeuronPoint middle(PathAnatomy anatomy) {
        return middle(anatomy.layers().get(0));
    }

    private static NeuronPoint middle(LayerAnatomy layer) {
        return layer.neurons().get(layer.neurons().size() / 2);
    }

    @Test
    void straightLineHalvesTheVarianceOfIndependentNeuronsAtItsMiddle() {
        PathAnatomy anatomy = look("linear", a, b);

        assertThat(middle(anatomy).variance()).isCloseTo(LENGTH / 2.0, within(LENGTH / 2.0 * SAMPLING));
        assertThat(middle(anatomy).spectrum())
                .hasSize(LENGTH)
                .allSatisfy(value -> assertThat(value).isCloseTo(0.5, within(0.5 * SAMPLING)));
    }

    @Test
    void arcKeepsVarianceSpectrumAndDistribution() {
        PathAnatomy arc = look("arc", a, b);
        PathAnatomy linear = look("linear", a, b);

        assertThat(middle(arc).variance()).isCloseTo(LENGTH, within(LENGTH * SAMPLING));
        assertThat(middle(arc).spectrum()).allSatisfy(value -> assertThat(value).isCloseTo(1, within(SAMPLING)));
        // W2 between N(0, 1) and N(0, 1/2) is 1 - sqrt(1/2) in each direction
        assertThat(middle(linear).distance())
                .isCloseTo((1 - Math.sqrt(0.5)) * Math.sqrt(LENGTH), within(0.05 * Math.sqrt(LENGTH)));
        assertThat(middle(arc).distance()).isLessThan(0.05 * Math.sqrt(LENGTH));
    }

    @Test
    void spectrumIsThatOfTheWholeCovariance() {
        // variances 1, 4, 9, … along the coordinates, independent: these are the eigenvalues
        SplittableRandom random = new SplittableRandom(3);
        int length = 40;
        int units = 20_000;
        double[] joint = new double[units * length];
        for (int i = 0; i < joint.length; i++) {
            joint[i] = (i % length + 1) * random.nextGaussian();
        }

        List<Double> spectrum = engine.alone(() -> NeuronSample.of(joint, units).spectrum());

        assertThat(spectrum).hasSize(NeuronSample.EIGENVALUES);
        List<Double> expected = new ArrayList<>();
        for (int i = 0; i < NeuronSample.EIGENVALUES; i++) {
            expected.add((double) (length - i) * (length - i));
        }
        for (int i = 0; i < expected.size(); i++) {
            assertThat(spectrum.get(i)).isCloseTo(expected.get(i), within(0.08 * expected.get(i)));
        }
    }

    @Test
    void matchedUnitsAreMoreAlikeThanRandomOnesAndEqualNetworksMatchExactly() {
        Network small = normal(3, 60);

        PathAnatomy two = look("ot", small, normal(4, 60));
        PathAnatomy same = look("ot", small, small);

        assertThat(two.layers().get(0).units()).hasValueSatisfying(units -> {
            assertThat(units.matchedMean()).isGreaterThan(0.5);
            assertThat(units.randomMean()).isBetween(-0.4, 0.4);
            assertThat(units.matched().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(60);
        });
        assertThat(same.layers().get(0).units()).hasValueSatisfying(units -> {
            assertThat(units.matchedMean()).isCloseTo(1, within(1e-12));
            assertThat(units.matched().get(units.matched().size() - 1)).isEqualTo(60);
        });
    }

    @Test
    void eachLayerOfADeepNetworkIsLookedAt() {
        PathAnatomy anatomy = look("linear", normal(1, DEEP), normal(2, DEEP));

        assertThat(anatomy.layers()).extracting(LayerAnatomy::layer).containsExactly(1, 2);
        for (LayerAnatomy layer : anatomy.layers()) {
            double ends = layer.neurons().get(0).variance();
            assertThat(middle(layer).variance()).isCloseTo(ends / 2, within(ends / 2 * 0.05));
            assertThat(layer.units()).isEmpty();
        }
    }

    @Test
    void layersThatMoveOneByOneAreLookedAtOnTheirOwnCurves() {
        PathAnatomy together = look("arc", normal(1, DEEP), normal(2, DEEP));

        PathAnatomy oneByOne = look("arc+butterfly", normal(1, DEEP), normal(2, DEEP));

        assertThat(oneByOne.layers()).extracting(LayerAnatomy::layer).containsExactly(1, 2);
        NeuronPoint start = oneByOne.layers().get(0).neurons().get(0);
        assertThat(start.variance())
                .isEqualTo(together.layers().get(0).neurons().get(0).variance()); // of A, where layer 1 begins to move
        assertThat(oneByOne.layers().get(1).neurons().get(0).variance())
                .isNotEqualTo(together.layers().get(1).neurons().get(0).variance()); // layer 2 begins at Θ₂
    }

    @Test
    void unitsOfEachLayerAreMatched() {
        PathAnatomy anatomy = look("ot", normal(1, DEEP), normal(2, DEEP));

        assertThat(anatomy.layers())
                .hasSize(2)
                .allSatisfy(layer -> assertThat(layer.units())
                        .hasValueSatisfying(
                                units -> assertThat(units.matchedMean()).isGreaterThan(units.randomMean() + 0.05)));
    }

    @Test
    void segmentsAreSmoothPiecesAndSwaps() {
        Network small = normal(3, 60);

        assertThat(look("linear", small, normal(4, 60)).segments()).isEqualTo(1);
        assertThat(look("linear", small, normal(4, 60)).layers().get(0).units())
                .isEmpty(); // a straight line matches nothing
        assertThat(look("ot", small, normal(4, 60)).segments())
                .isBetween(50, 60); // a line, and a swap per unit out of place
    }
}
