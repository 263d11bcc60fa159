package org.thalweg.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.thalweg.network.Weights;
import org.thalweg.path.Curve;
import org.thalweg.train.CurveListener;
import org.thalweg.train.CurvePositions;
import org.thalweg.train.CurveSettings;
import org.thalweg.train.CurveState;
import org.thalweg.train.CurveTrainer;
import org.thalweg.train.Recipe;
import org.thalweg.train.Trainer;

/**
 * An epoch of training a curve between two networks on MNIST, as {@link TrainingBenchmark#epoch} is one of training a
 * network; the peer is {@code bench/python/curve_epoch.py}.
 *
 * <pre>bench/run jmh CurveBenchmark -p curve='chain(3),chain(5),bezier(3)'</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class CurveBenchmark {
    private static final CurveSettings ONE_EPOCH =
            new CurveSettings(new Recipe(1, 0.05, 0.9, 1e-4, 128), CurvePositions.UNIFORM);

    /** Architecture by its name. */
    @Param("mlp-2000")
    public String network = "";

    /** The curve as a path file names it. */
    @Param("chain(3)")
    public String curve = "";

    /** Workers of the engine. */
    @Param("1")
    public int threads;

    private Dataset data;
    private Engine engine;
    private CurveTrainer trainer;
    private CurveState start;

    /** Opens the data set, starts the engine and makes as many networks as there are controls. */
    @Setup
    public void open() throws IOException {
        data = Fixtures.mnist();
        engine = Engine.start(threads);
        Architecture architecture = Architecture.named(network, data.features(), data.outputs());
        trainer = new CurveTrainer(architecture, Curve.parse(curve), ONE_EPOCH, new Seed(1));
        List<Weights> controls = new ArrayList<>();
        for (int j = 0; j < trainer.curve().controls(); j++) {
            controls.add(new Trainer(architecture, ONE_EPOCH.recipe(), new Seed(j))
                    .start()
                    .weights());
        }
        start = CurveState.at(controls);
    }

    /** One curve. */
    @Benchmark
    public CurveState epoch() {
        return trainer.train(engine, data.train(), start, CurveListener.SILENT);
    }

    /** Stops the engine. */
    @TearDown
    public void close() {
        engine.close();
    }
}
