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
import org.thalweg.connect.ConnectSettings;
import org.thalweg.data.Dataset;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.path.Path;
import org.thalweg.result.Profile;

/**
 * Weight adjustment on 60,000 images: the path of 11 knots, which is 10 solves, and what a solve is measured by, the product
 * ΦΦᵀ of features [2001, 60000] in float32.
 *
 * <pre>bench/run jmh AdjustmentBenchmark</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class AdjustmentBenchmark {
    private static final int STRIP = 4000; // examples; 15 of them
    private static final int TILE = 512;
    private static final int POINTS = 61;

    /** Whose path; with linear+wa it is solves and little else. */
    @Param({"ot+wa", "linear+wa"})
    public String method = "";

    /** Workers of the engine. */
    @Param("1")
    public int threads;

    /** Knots of the path; each but the first is solved for. */
    @Param("11")
    public int knots;

    private Thalweg thalweg;
    private Dataset data;
    private List<Network> networks;

    /** Opens the data set and the networks. */
    @Setup
    public void open() throws IOException {
        thalweg = Thalweg.start(threads);
        data = Fixtures.mnist();
        networks = List.of(Fixtures.network(1), Fixtures.network(2));
    }

    /** The path. */
    @Benchmark
    public Path connect() {
        ConnectSettings defaults = ConnectSettings.DEFAULTS;
        ConnectSettings settings = new ConnectSettings(knots, defaults.ridge(), defaults.groundCost());
        return thalweg.connect(method, networks.get(0), networks.get(1), data, settings);
    }

    /** The path, and loss and accuracy at 61 positions of it on 70,000 images. */
    @Benchmark
    public Profile path() {
        return thalweg.evaluate(connect(), data, POINTS);
    }

    /** The half of the product that a solve needs: tiles of the lower triangle, strip by strip of the examples. */
    @Benchmark
    public int halfGram() {
        int strips = data.train().count() / STRIP;
        return thalweg.engine().alone(() -> {
            DeviceTensor features = DeviceTensor.ones(Precision.FLOAT32, 2001, STRIP);
            return thalweg.engine().inOrder(strips, s -> lowerTiles(features)).size();
        });
    }

    private static int lowerTiles(DeviceTensor features) {
        int size = features.extent(0);
        int products = 0;
        for (int row = 0; row < size; row += TILE) {
            DeviceTensor left = features.narrow(0, row, Math.min(TILE, size - row));
            for (int column = 0; column <= row; column += TILE) {
                DeviceTensor right = features.narrow(0, column, Math.min(TILE, size - column));
                products += left.times(right.transposed()).extent(0);
            }
        }
        return products;
    }

    /** The whole product, strip by strip of the examples. */
    @Benchmark
    public int gram() {
        int strips = data.train().count() / STRIP;
        return thalweg.engine().alone(() -> {
            DeviceTensor features = DeviceTensor.ones(Precision.FLOAT32, 2001, STRIP);
            return thalweg.engine()
                    .inOrder(strips, s -> features.times(features.transposed()).extent(0))
                    .size();
        });
    }

    /** Stops the engine. */
    @TearDown
    public void close() {
        thalweg.close();
    }
}
