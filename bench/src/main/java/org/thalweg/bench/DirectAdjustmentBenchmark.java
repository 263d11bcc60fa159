package org.thalweg.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.thalweg.Thalweg;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.network.Network;
import org.thalweg.network.Shape;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;

/**
 * One position of {@code ot+wa} as one writes it first: all features at once, W = Y Φ⁺ by libtorch's pseudo-inverse, and a
 * forward pass for loss on 70,000 images. The peer of {@link AdjustmentBenchmark#path} has 61 of them. Kernels on one thread.
 *
 * <pre>bench/run jmh DirectAdjustmentBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class DirectAdjustmentBenchmark {
    private static final double POSITION = 0.5;

    private Layers between;
    private Tensor train;
    private Tensor trainLabels;
    private Tensor test;
    private Tensor testLabels;
    private Tensor targets;

    /** A network of one hidden layer in native memory: weights [units, inputs], biases [units]. */
    private record Layers(Tensor hidden, Tensor hiddenBias, Tensor output, Tensor outputBias) {
        static Layers of(Weights weights) {
            return new Layers(
                    tensor(weights, "0.weight"),
                    tensor(weights, "0.bias"),
                    tensor(weights, "2.weight"),
                    tensor(weights, "2.bias"));
        }

        /** Returns features and a one, [N, d] -> [N, n + 1]. */
        Tensor features(Tensor inputs) {
            Tensor units = torch.relu(torch.addmm(hiddenBias, inputs, hidden.t()));
            return torch.cat(
                    new TensorVector(units, torch.ones(new long[] {inputs.size(0), 1}, new TensorOptions())), 1);
        }

        /** Returns [W b] transposed, [n + 1, c]. */
        Tensor joined() {
            return torch.cat(new TensorVector(output, outputBias.unsqueeze(1)), 1)
                    .t();
        }
    }

    /** Connects the networks, takes a network half way, and brings it and the data set to native memory. */
    @Setup
    public void open() throws IOException {
        Dataset data = Fixtures.mnist();
        Network a = Fixtures.network(1);
        try (Thalweg thalweg = Thalweg.start(1)) { // limits kernels to one thread, also after it is closed
            Path path = thalweg.connect("ot", a, Fixtures.network(2), data);
            Path curve = new Path(path.architecture(), "ot", List.of(path.legs().get(0)), path.provenance());
            between = Layers.of(curve.at(POSITION));
        }
        train = inputs(data.train());
        trainLabels = labels(data.train());
        test = inputs(data.test());
        testLabels = labels(data.test());
        Layers start = Layers.of(a.weights());
        targets = start.features(train).mm(start.joined());
    }

    /** Returns the sum of the two losses. */
    @Benchmark
    public double position() {
        try (PointerScope scope = new PointerScope()) {
            Tensor features = between.features(train);
            Tensor output = torch.linalg_pinv(features).mm(targets); // [n + 1, c]
            return loss(features, output, trainLabels) + loss(between.features(test), output, testLabels);
        }
    }

    private static double loss(Tensor features, Tensor output, Tensor labels) {
        return torch.cross_entropy_loss(features.mm(output), labels).item_double();
    }

    private static Tensor tensor(Weights weights, String name) {
        Shape shape = weights.get(name).shape();
        float[] values = new float[shape.elements()];
        double[] exact = weights.get(name).toDoubles();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) exact[i];
        }
        return floats(
                values,
                shape.rank() == 1 ? new long[] {shape.extent(0)} : new long[] {shape.extent(0), shape.extent(1)});
    }

    private static Tensor inputs(Examples examples) {
        float[] values = new float[examples.count() * examples.features()];
        examples.copyInputs(0, examples.count(), values);
        return floats(values, new long[] {examples.count(), examples.features()});
    }

    private static Tensor floats(float[] values, long[] extents) {
        Tensor tensor = torch.empty(extents, new TensorOptions(ScalarType.Float), null);
        new FloatPointer(tensor.data_ptr_float()).put(values);
        return tensor;
    }

    private static Tensor labels(Examples examples) {
        long[] numbers = new long[examples.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = examples.label(i);
        }
        Tensor tensor = torch.empty(new long[] {numbers.length}, new TensorOptions(ScalarType.Long), null);
        new LongPointer(tensor.data_ptr_long()).put(numbers);
        return tensor;
    }
}
