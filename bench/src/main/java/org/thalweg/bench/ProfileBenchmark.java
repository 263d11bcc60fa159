package org.thalweg.bench;

import java.io.IOException;
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
import org.thalweg.Thalweg;
import org.thalweg.data.Dataset;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.Scoring;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;
import org.thalweg.path.Path;
import org.thalweg.result.Profile;

/**
 * A method's own curve between two networks, measured at {@link #points} positions on all 70,000 images of MNIST: by the
 * evaluator, which shares what the positions have in common, and network by network with the same engine.
 *
 * <pre>bench/run jmh ProfileBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ProfileBenchmark {
    private static final int BLOCK = 512;

    /** Whose curve. */
    @Param({"linear", "arc", "ot"})
    public String method = "";

    /** Positions, evenly spaced. */
    @Param("61")
    public int points;

    /** Workers of the engine. */
    @Param("1")
    public int threads;

    private Thalweg thalweg;
    private Dataset data;
    private Path curve;

    /** Connects the networks, and keeps the first leg. */
    @Setup
    public void connect() throws IOException {
        thalweg = Thalweg.start(threads);
        data = Fixtures.mnist();
        Path path = thalweg.connect(method, Fixtures.network(1), Fixtures.network(2), data);
        curve = new Path(path.architecture(), method, List.of(path.legs().get(0)), path.provenance());
    }

    /** By the evaluator. */
    @Benchmark
    public Profile profile() {
        return thalweg.evaluate(curve, data, points);
    }

    /** Network by network; returns the greatest training loss. */
    @Benchmark
    public double networks() {
        double worst = 0;
        for (int i = 0; i < points; i++) {
            Weights weights = curve.at((double) i / (points - 1));
            worst = Math.max(worst, loss(weights, data.train()));
            loss(weights, data.test());
        }
        return worst;
    }

    private double loss(Weights weights, Examples examples) {
        int blocks = (examples.count() + BLOCK - 1) / BLOCK;
        return thalweg.engine().alone(() -> {
            DeviceNetwork network = DeviceNetwork.load(curve.architecture(), weights);
            return thalweg.engine().inOrder(blocks, b -> score(network, examples, b)).stream()
                            .reduce(Scoring.Score::plus)
                            .orElseThrow()
                            .loss()
                    / examples.count();
        });
    }

    private static Scoring.Score score(DeviceNetwork network, Examples examples, int block) {
        int from = block * BLOCK;
        int to = Math.min(examples.count(), from + BLOCK);
        Scoring labels = Scoring.of(examples, from, to, Precision.FLOAT32);
        return labels.score(network.logits(Blocks.inputs(examples, from, to, Precision.FLOAT32)));
    }

    /** Stops the engine. */
    @TearDown
    public void close() {
        thalweg.close();
    }
}
