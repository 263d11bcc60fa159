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
import org.thalweg.data.Dataset;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;
import org.thalweg.train.TrainingListener;
import org.thalweg.train.TrainingState;

/**
 * An epoch of training on MNIST, with all that a training does: gathering mini-batches, steps, the state handed out at the
 * end.
 *
 * <pre>bench/run jmh TrainingBenchmark -p threads=1,2</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class TrainingBenchmark {
    /** The published recipe's, at a rate that does not fall. */
    private static final Recipe ONE_EPOCH = new Recipe(1, 0.01, 0.9, 1e-4, 128);

    /** Architecture by its name. */
    @Param("mlp-2000")
    public String network = "";

    /** Workers of the engine. */
    @Param("1")
    public int threads;

    private Dataset data;
    private Engine engine;
    private List<Trainer> trainers;

    /** Opens the data set and starts the engine. */
    @Setup
    public void open() throws IOException {
        data = Fixtures.mnist();
        engine = Engine.start(threads);
        Architecture architecture = Architecture.named(network, data.features(), data.classes());
        trainers = LongStream.of(1, 2)
                .mapToObj(seed -> new Trainer(architecture, ONE_EPOCH, new Seed(seed)))
                .toList();
    }

    /** One network. */
    @Benchmark
    public TrainingState epoch() {
        return epoch(trainers.get(0));
    }

    /** Two networks, side by side if there are two threads. */
    @Benchmark
    public List<TrainingState> twoEpochs() {
        return engine.inOrder(trainers.size(), i -> epoch(trainers.get(i)));
    }

    private TrainingState epoch(Trainer trainer) {
        return trainer.train(engine, data.train(), trainer.start(), TrainingListener.SILENT);
    }

    /** Stops the engine. */
    @TearDown
    public void close() {
        engine.close();
    }
}
