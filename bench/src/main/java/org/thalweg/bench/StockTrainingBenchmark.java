package org.thalweg.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
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
import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;

/**
 * What {@link TrainingBenchmark#epoch} does, by libtorch's own modules, autograd and optimizer through the same JavaCPP
 * presets; 784-2000-10 on MNIST, kernels on one thread. The data set lies in native memory as numbers from the start.
 *
 * <pre>bench/run jmh StockTrainingBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class StockTrainingBenchmark {
    private static final int WIDTH = 2000;
    private static final int BATCH = 128;

    private Tensor inputs;
    private Tensor labels;
    private LinearImpl hidden;
    private LinearImpl output;
    private SGD sgd;

    /** Brings the data set to native memory and makes the network. */
    @Setup
    public void open() throws IOException {
        Engine.start(1).close(); // loads the natives and limits them to one thread
        Examples train = Fixtures.mnist().train();
        float[] values = new float[train.count() * train.features()];
        long[] numbers = new long[train.count()];
        train.copyInputs(0, train.count(), values);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = train.label(i);
        }
        inputs = torch.empty(new long[] {train.count(), train.features()}, new TensorOptions(ScalarType.Float), null);
        new FloatPointer(inputs.data_ptr_float()).put(values);
        labels = torch.empty(new long[] {train.count()}, new TensorOptions(ScalarType.Long), null);
        new LongPointer(labels.data_ptr_long()).put(numbers);
        hidden = new LinearImpl(train.features(), WIDTH);
        output = new LinearImpl(WIDTH, train.outputs());
        TensorVector parameters = new TensorVector();
        for (LinearImpl layer : new LinearImpl[] {hidden, output}) {
            parameters.push_back(layer.weight());
            parameters.push_back(layer.bias());
        }
        SGDOptions options = new SGDOptions(0.01);
        options.momentum().put(0.9);
        options.weight_decay().put(1e-4);
        sgd = new SGD(parameters, options);
    }

    /** One network; returns the sum of its losses. */
    @Benchmark
    public double epoch() {
        double sum = 0;
        try (PointerScope all = new PointerScope()) {
            Tensor order = torch.randperm(inputs.size(0), new TensorOptions(ScalarType.Long));
            for (long from = 0; from < inputs.size(0); from += BATCH) {
                try (PointerScope step = new PointerScope()) {
                    sum += step(order.narrow(0, from, Math.min(BATCH, inputs.size(0) - from)));
                }
            }
        }
        return sum;
    }

    private double step(Tensor batch) {
        sgd.zero_grad();
        Tensor logits = output.forward(torch.relu(hidden.forward(inputs.index_select(0, batch))));
        Tensor loss = torch.cross_entropy_loss(logits, labels.index_select(0, batch));
        loss.backward();
        sgd.step();
        return loss.item_double();
    }
}
