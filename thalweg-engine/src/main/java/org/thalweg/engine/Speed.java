package org.thalweg.engine;

import org.thalweg.data.Examples;
import org.thalweg.network.Architecture;
import org.thalweg.network.Cost;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;

/**
 * How fast one thread of this machine computes, measured in a fraction of a second. Layers are timed on the network at hand:
 * pools and small convolutions are far from the speed of large products.
 *
 * @param layers multiply-adds per second within a network's layers
 * @param products multiply-adds per second of large products
 */
public record Speed(double layers, double products) {
    private static final int EXAMPLES = 64;
    private static final int SIZE = 512;
    private static final int TIMES = 3; // the fastest counts: the first loads code, others may be disturbed

    /** Multiply-adds that one core makes in a second, about: half of what one product of large matrices reaches. */
    private static final double USUAL = 2e10;

    /** Seconds that a step of training takes for each layer, however small: calls, and the memory that they take and give back. */
    private static final double PER_LAYER = 1.3e-4;

    private static final int BATCH = 128;

    /** Returns what is usual, in the order of magnitude, where nothing can be measured: small layers take their calls' time. */
    public static Speed usual(Architecture architecture) {
        int layers = architecture.layers().size();
        double adds = 3.0 * BATCH * Cost.of(architecture, 0, layers).multiplyAdds(); // forward, and backward twice that
        return new Speed(adds / (adds / USUAL + layers * PER_LAYER), USUAL);
    }

    /** Measures the speed of {@code network}'s forward pass and of products in its precision. */
    public static Speed of(Network network, Examples examples) {
        Architecture architecture = network.architecture();
        int count = Math.min(EXAMPLES, examples.count());
        Precision precision = network.weights().precision();
        try (Scope scope = Scope.open()) {
            DeviceNetwork loaded = DeviceNetwork.load(architecture, network.weights());
            double pass = seconds(() -> loaded.logits(Blocks.inputs(examples, 0, count, precision)));
            DeviceTensor square = DeviceTensor.ones(precision, SIZE, SIZE);
            double product = seconds(() -> square.times(square));
            double adds = (double) count
                    * Cost.of(architecture, 0, architecture.layers().size()).multiplyAdds();
            return new Speed(adds / pass, Math.pow(SIZE, 3) / product);
        }
    }

    private static double seconds(Runnable work) {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            try (Scope scope = Scope.open()) {
                long start = System.nanoTime();
                work.run();
                least = Math.min(least, (System.nanoTime() - start) / 1e9);
            }
        }
        return least;
    }

    /** Returns the seconds that work takes on {@code threads} threads. */
    public double seconds(Work cost, int threads) {
        return (cost.layers() / layers + cost.products() / products) / threads;
    }
}
