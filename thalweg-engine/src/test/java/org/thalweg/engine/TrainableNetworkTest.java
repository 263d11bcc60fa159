package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.data.Examples;
import org.thalweg.fixture.PlainForward;
import org.thalweg.fixture.SmallProblem;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class TrainableNetworkTest {
    private final Engine engine = Engine.start(1);
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
        engine.close();
    }

    private static Weights zeros(Weights like) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        like.asMap()
                .forEach((name, tensor) -> zeros.put(
                        name,
                        Tensor.rounded(tensor.shape(), new double[tensor.shape().elements()], tensor.precision())));
        return Weights.of(zeros);
    }

    /** Returns what a step without momentum and decay leaves in the velocities: the gradient. */
    private Weights gradient(Network network, Examples examples) {
        try (TrainableNetwork trainable =
                new TrainableNetwork(engine, network.architecture(), network.weights(), zeros(network.weights()))) {
            trainable.step(
                    Blocks.inputs(
                            examples, 0, examples.count(), network.weights().precision()),
                    Scoring.of(examples, 0, examples.count(), network.weights().precision()),
                    new Descent(0.1, 0, 0),
                    new SplittableRandom(1));
            return trainable.velocities();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "17", "129"})
    void gradientIsThatOfFiniteDifferences(int batch) {
        Architecture layers = Architecture.parse("linear(5,7) relu linear(7,3,nobias) relu linear(3,4)");
        Network network = SmallProblem.network(layers, Precision.FLOAT64, batch);
        Examples examples = SmallProblem.examples(batch, 5, 4, 40 + batch);

        Weights gradient = gradient(network, examples);

        double h = 1e-6; // error: h² from the formula, 1e-16 / h from rounding, and a kink of ReLU has probability h
        gradient.asMap().forEach((name, tensor) -> {
            for (int i = 0; i < tensor.shape().elements(); i++) {
                double difference =
                        (loss(network, name, i, h, examples) - loss(network, name, i, -h, examples)) / (2 * h);
                assertThat(tensor.get(i)).as("%s[%d]", name, i).isCloseTo(difference, within(1e-8));
            }
        });
    }

    private static double loss(Network network, String name, int index, double by, Examples examples) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(network.weights().asMap());
        double[] values = network.weights().get(name).toDoubles();
        values[index] += by;
        tensors.put(name, Tensor.owning(network.weights().get(name).shape(), values));
        return PlainForward.score(network.architecture(), Weights.of(tensors), examples)
                .loss();
    }

    @ParameterizedTest
    @CsvSource({"1, FLOAT32", "3, FLOAT32", "127, FLOAT32", "128, FLOAT32", "207, FLOAT64"})
    void gradientIsThatOfAutograd(int batch, Precision precision) {
        Architecture layers = Architecture.parse("linear(13,31) relu linear(31,9) relu linear(9,10,nobias)");
        Network network = SmallProblem.network(layers, precision, batch);
        Examples examples = SmallProblem.examples(batch, 13, 10, batch);

        Weights gradient = gradient(network, examples);

        Map<String, DeviceTensor> expected = autograd(network, examples);
        double tolerance = precision == Precision.FLOAT64 ? 1e-14 : 1e-6; // of means over the batch of values of size 1
        gradient.asMap()
                .forEach((name, tensor) -> assertThat(tensor.toDoubles())
                        .as(name)
                        .containsExactly(
                                Optional.ofNullable(expected.get(name))
                                        .orElseThrow()
                                        .toDoubles(),
                                within(tolerance)));
    }

    /** Weights of more than one tile, at the bottom and in the middle. */
    @Test
    void gradientOfLargeLayersIsThatOfAutograd() {
        Architecture layers = Architecture.parse("linear(1100,1001) relu linear(1001,1101,nobias) relu linear(1101,3)");
        Network network = SmallProblem.network(layers, Precision.FLOAT64, 1);
        Examples examples = SmallProblem.examples(5, 1100, 3, 2);

        Weights gradient = gradient(network, examples);

        Map<String, DeviceTensor> expected = autograd(network, examples);
        gradient.asMap().forEach((name, tensor) -> {
            double[] values = tensor.toDoubles();
            double[] exact =
                    Optional.ofNullable(expected.get(name)).orElseThrow().toDoubles();
            double error = IntStream.range(0, values.length)
                    .mapToDouble(i -> Math.abs(values[i] - exact[i]))
                    .max()
                    .orElseThrow();
            assertThat(error).as(name).isLessThan(1e-12); // sums of up to 1101 products of size 1
        });
    }

    /** The gradient of a mean over 100 examples is that of its two shards, each of which is not divided further. */
    @Test
    void gradientOfLargeConvolutionsIsTheMeanOfItsShards() {
        Architecture layers = Architecture.parse(
                "input(3,16,16) conv(3,72,3,pad=1) relu conv(72,72,3,pad=1) relu avgpool(16) flatten "
                        + "linear(72,3)"); // about 72 * 9 / 2 = 324 multiply-adds in the second for a value that it
        // copies
        Network network = SmallProblem.network(layers, Precision.FLOAT64, 1);
        Examples examples = SmallProblem.examples(100, layers.inputs(), 3, 2);

        Weights whole = gradient(network, examples);

        Weights first = gradient(network, examples.first(64));
        Weights last = gradient(network, last(examples, 64));
        whole.asMap().forEach((name, tensor) -> {
            for (int i = 0; i < tensor.shape().elements(); i++) {
                double mean =
                        0.64 * first.get(name).get(i) + 0.36 * last.get(name).get(i);
                assertThat(tensor.get(i)).as("%s[%d]", name, i).isCloseTo(mean, within(1e-12));
            }
        });
    }

    private static Examples last(Examples examples, int from) {
        int count = examples.count() - from;
        double[] values = new double[count * examples.features()];
        int[] labels = new int[count];
        examples.copyInputs(from, examples.count(), values);
        for (int i = 0; i < count; i++) {
            labels[i] = examples.label(from + i);
        }
        return Examples.of(values, labels, examples.features(), examples.outputs());
    }

    private static Map<String, DeviceTensor> autograd(Network network, Examples examples) {
        Map<String, DeviceTensor> leaves = new LinkedHashMap<>();
        network.weights().asMap().forEach((name, tensor) -> {
            DeviceTensor leaf = DeviceTensor.of(tensor);
            leaf.handle().set_requires_grad(true);
            leaves.put(name, leaf);
        });
        org.bytedeco.pytorch.Tensor value = Blocks.inputs(
                        examples, 0, examples.count(), network.weights().precision())
                .handle()
                .t(); // [N, d], as PyTorch has it
        for (int position = 0; position < network.architecture().layers().size(); position++) {
            if (network.architecture().layers().get(position) instanceof Layer.Linear) {
                value = value.matmul(Optional.ofNullable(leaves.get(position + ".weight"))
                        .orElseThrow()
                        .handle()
                        .t());
                DeviceTensor bias = leaves.get(position + ".bias");
                value = bias == null ? value : value.add(bias.handle());
            } else {
                value = value.relu();
            }
        }
        DeviceTensor labels = DeviceTensor.labels(
                IntStream.range(0, examples.count()).map(examples::label).toArray());
        torch.cross_entropy_loss(value, labels.handle()).backward();
        Map<String, DeviceTensor> gradients = new LinkedHashMap<>();
        leaves.forEach((name, leaf) ->
                gradients.put(name, DeviceTensor.of(leaf.handle().grad())));
        return gradients;
    }

    // v <- m v + g + lambda w,  w <- w - rate v
    @Test
    void stepIsPyTorchsWithMomentumAndDecayOfBiasesToo() {
        Network network = SmallProblem.network(Architecture.named("mlp-4", 3, 2), Precision.FLOAT64, 1);
        Weights velocity = SmallProblem.network(network.architecture(), Precision.FLOAT64, 2)
                .weights();
        Examples examples = SmallProblem.examples(6, 3, 2, 3);
        Weights gradient = gradient(network, examples);

        try (TrainableNetwork trainable =
                new TrainableNetwork(engine, network.architecture(), network.weights(), velocity)) {
            double loss = trainable.step(
                    Blocks.inputs(examples, 0, 6, Precision.FLOAT64),
                    Scoring.of(examples, 0, 6, Precision.FLOAT64),
                    new Descent(0.25, 0.875, 0.0625),
                    new SplittableRandom(1));

            assertThat(loss)
                    .isCloseTo(
                            PlainForward.score(network.architecture(), network.weights(), examples)
                                    .loss(),
                            within(1e-14));
            for (String name : network.weights().asMap().keySet()) {
                for (int i = 0; i < gradient.get(name).shape().elements(); i++) {
                    double w = network.weights().get(name).get(i);
                    double v = 0.875 * velocity.get(name).get(i)
                            + gradient.get(name).get(i)
                            + 0.0625 * w;
                    assertThat(trainable.velocities().get(name).get(i)).as(name).isCloseTo(v, within(1e-15));
                    assertThat(trainable.weights().get(name).get(i)).as(name).isCloseTo(w - 0.25 * v, within(1e-15));
                }
            }
        }
    }

    @Test
    void stepWhoseLossIsNotFiniteChangesNothing() {
        Architecture layers = Architecture.named("mlp-2", 1, 2);
        Weights huge = Weights.of(Map.of(
                "0.weight", Tensor.owning(Shape.of(2, 1), new float[] {1e30f, 1e30f}),
                "0.bias", Tensor.owning(Shape.of(2), new float[2]),
                "2.weight", Tensor.owning(Shape.of(2, 2), new float[] {1e30f, 0, 0, 1e30f}),
                "2.bias", Tensor.owning(Shape.of(2), new float[2])));
        Examples examples = Examples.of(new double[] {1}, new int[] {0}, 1, 2);

        try (TrainableNetwork trainable = new TrainableNetwork(engine, layers, huge, zeros(huge))) {
            double loss = trainable.step(
                    Blocks.inputs(examples, 0, 1, Precision.FLOAT32),
                    Logits.against(new int[] {0}),
                    new Descent(0.1, 0.9, 0.01),
                    new SplittableRandom(1));

            assertThat(loss).isNaN();
            assertThat(trainable.weights().asMap()).isEqualTo(huge.asMap());
        }
    }

    @Test
    void nativeMemoryIsGivenBack() {
        Network network = SmallProblem.network(Architecture.named("mlp-4", 3, 2), Precision.FLOAT32, 1);
        long before = Engine.liveBytes();
        TrainableNetwork trainable =
                new TrainableNetwork(engine, network.architecture(), network.weights(), zeros(network.weights()));
        assertThat(Engine.liveBytes()).isEqualTo(before + 2 * 4 * (4 * 3 + 4 + 2 * 4 + 2));

        trainable.close();

        assertThat(Engine.liveBytes()).isEqualTo(before);
    }
}
