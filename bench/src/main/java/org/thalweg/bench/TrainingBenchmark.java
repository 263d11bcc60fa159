package org.thalweg.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.thalweg.data.Augmentation;
import org.thalweg.data.Dataset;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Catalogue;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingState;

/**
 * An epoch of training, with all that a training does: gathering mini-batches, steps, the state handed out at the end. Images
 * of CIFAR-10 are flipped and cropped.
 *
 * <pre>bench/run jmh TrainingBenchmark -p threads=1,2
 * bench/run jmh TrainingBenchmark.epoch -p data=cifar-10 -p network=conv2fc1,vgg16-quarter -p examples=2560</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class TrainingBenchmark {
    /** Data set by its name. */
    @Param("mnist")
    public String data = "";

    /** The first so many training examples, 0 for all. */
    @Param("0")
    public int examples;

    /** Architecture by its name. */
    @Param("mlp-2000")
    public String network = "";

    /** Workers of the engine. */
    @Param("1")
    public int threads;

    private Dataset dataset;
    private Engine engine;
    private List<Trainer> trainers;
    private List<TrainingState> starts;

    /** Opens the data set and starts the engine. */
    @Setup
    public void open() throws IOException {
        dataset = Fixtures.dataset(data, examples);
        engine = Engine.start(threads);
        Architecture architecture = Catalogue.named(network, dataset.shape().extents(), dataset.outputs());
        // the published rate, which does not fall
        Recipe recipe = new Recipe(1, 0.01, 0.9, 1e-4, 128, Augmentation.usualFor(data));
        trainers = LongStream.of(1, 2)
                .mapToObj(seed -> new Trainer(architecture, recipe, new Seed(seed)))
                .toList();
        starts = trainers.stream().map(Trainer::start).toList();
    }

    /** One network. */
    @Benchmark
    public TrainingState epoch() {
        return epoch(0);
    }

    /** Two networks, side by side if there are two threads. */
    @Benchmark
    public List<TrainingState> twoEpochs() {
        return engine.inOrder(trainers.size(), this::epoch);
    }

    private TrainingState epoch(int number) {
        return trainers.get(number).train(engine, dataset.train(), starts.get(number), TrainingListener.SILENT);
    }

    /** Stops the engine. */
    @TearDown
    public void close() {
        engine.close();
    }
}
