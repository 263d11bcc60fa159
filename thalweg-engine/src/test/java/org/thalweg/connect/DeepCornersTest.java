package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.data.ImageShape;
import org.thalweg.engine.Engine;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;
import org.thalweg.result.Profile;

/** Every family of paths on deep networks with dead filters and units, and data of one class only. */
class DeepCornersTest {
    private static final Architecture LAYERS = Architecture.parse(
            "input(2,5,5) conv(2,3,3,pad=1) relu maxpool(2) conv(3,4,2,nobias) relu flatten linear(4,5) relu linear(5,3)");

    private final Engine engine = Engine.start(1);

    @AfterEach
    void stopEngine() {
        engine.close();
    }

    /** A network whose first filter and whose unit {@code unit} of the last hidden layer say 0 to everything. */
    private static Network dead(long seed, int unit) {
        Network network = SmallProblem.network(LAYERS, Precision.FLOAT64, seed);
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        tensors.put("0.bias", with(network.weights().get("0.bias"), 0, -1e3));
        tensors.put("6.bias", with(network.weights().get("6.bias"), unit, -1e3));
        return new Network(LAYERS, Weights.of(tensors), Provenance.UNKNOWN);
    }

    private static Tensor with(Tensor tensor, int index, double value) {
        double[] values = tensor.toDoubles();
        values[index] = value;
        return Tensor.owning(tensor.shape(), values);
    }

    /** 150 examples with label 1. */
    private static Examples oneClass() {
        Examples mixed = SmallProblem.examples(150, LAYERS.inputs(), 3, 5);
        double[] inputs = new double[150 * LAYERS.inputs()];
        mixed.copyInputs(0, 150, inputs);
        int[] labels = new int[150];
        Arrays.fill(labels, 1);
        return Examples.of(inputs, labels, LAYERS.inputs(), 3);
    }

    private Path path(String method) {
        ConnectSettings settings = new ConnectSettings(3, 1e-6, GroundCost.WEIGHTS);
        ConnectContext context = new ConnectContext(engine, Optional.of(oneClass()), settings);
        return engine.alone(() -> Methods.named(method).connect(dead(1, 0), dead(2, 3), context));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear",
                "arc",
                "ot",
                "linear+wa",
                "arc+wa",
                "ot+wa",
                "linear+butterfly",
                "arc+butterfly",
                "ot+butterfly"
            })
    void pathsAreFiniteAndMeetBothEnds(String method) {
        Path path = path(method);
        Dataset data = new Dataset("one class", new ImageShape(2, 5, 5), oneClass(), oneClass());

        Profile profile = new Evaluator(engine, data, 5).evaluate(path);

        assertThat(path.at(0)).isEqualTo(dead(1, 0).weights());
        assertThat(path.at(1)).isEqualTo(dead(2, 3).weights());
        assertThat(profile.points())
                .allMatch(point -> Double.isFinite(point.measures().trainLoss()));
    }

    /** Halving an interval 40 times, always keeping the half with the longer step, ends at a jump if there is one. */
    @ParameterizedTest
    @ValueSource(strings = {"linear+wa", "arc+wa", "ot+wa", "arc+butterfly", "ot+butterfly", "ot"})
    void noStepSurvivesHalving(String method) {
        Path path = path(method);
        int pieces = 6 * path.legs().size() + 1; // the ends of legs lie within
        for (int i = 0; i < pieces; i++) {
            double from = (double) i / pieces;
            double to = (double) (i + 1) / pieces;
            for (int halving = 0; halving < 40; halving++) {
                double middle = (from + to) / 2;
                boolean left = step(path, from, middle) > step(path, middle, to);
                from = left ? from : middle;
                to = left ? middle : to;
            }
            assertThat(step(path, from, to)).as("near t %s", from).isLessThan(1e-6);
        }
    }

    private static double step(Path path, double from, double to) {
        Weights a = path.at(from);
        Weights b = path.at(to);
        return Math.sqrt(a.asMap().keySet().stream()
                .mapToDouble(name -> a.get(name).squaredDistance(b.get(name)))
                .sum());
    }
}
