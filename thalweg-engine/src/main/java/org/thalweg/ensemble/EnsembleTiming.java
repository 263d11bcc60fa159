package org.thalweg.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Ensemble;

/** Measures how long an ensemble's forward passes take, on one thread. */
public final class EnsembleTiming {
    private static final int PASSES = 5;

    private EnsembleTiming() {}

    /**
     * Returns seconds per image of the first m members together, m = 1, 2, …: the backbone once and m heads, in blocks as
     * {@link EnsembleRunner} takes them, the mean of the outputs included, the making of inputs from pixels not. Of each part
     * the fastest of {@value #PASSES} passes after one to warm up.
     */
    public static List<Double> secondsPerImage(Engine engine, Ensemble ensemble, Examples examples) {
        return engine.alone(() -> {
            EnsembleRunner.Loaded loaded = new EnsembleRunner.Loaded(ensemble, 0, ensemble.size());
            long[] least = pass(ensemble, loaded, examples);
            java.util.Arrays.fill(least, Long.MAX_VALUE);
            for (int i = 0; i < PASSES; i++) {
                long[] nanos = pass(ensemble, loaded, examples);
                for (int part = 0; part < least.length; part++) {
                    least[part] = Math.min(least[part], nanos[part]);
                }
            }
            List<Double> seconds = new ArrayList<>();
            long sum = least[0];
            for (int member = 0; member < ensemble.size(); member++) {
                sum += least[member + 1];
                seconds.add(sum / 1e9 / examples.count());
            }
            return seconds;
        });
    }

    /** Returns nanoseconds of the backbone and of each head. */
    private static long[] pass(Ensemble ensemble, EnsembleRunner.Loaded loaded, Examples examples) {
        long[] nanos = new long[ensemble.size() + 1];
        int size = Blocks.size(ensemble.architecture());
        int classes = ensemble.architecture().outputs();
        for (int from = 0; from < examples.count(); from += size) {
            int to = Math.min(examples.count(), from + size);
            try (Scope scope = Scope.open()) {
                DeviceTensor inputs = Blocks.inputs(examples, from, to, ensemble.precision());
                double[] sums = new double[(to - from) * classes];
                long start = System.nanoTime();
                DeviceTensor features = loaded.features(inputs);
                nanos[0] += System.nanoTime() - start;
                for (int member = 0; member < ensemble.size(); member++) {
                    start = System.nanoTime();
                    double[] logits = loaded.logits(member, features);
                    Mixture.addBlock(ensemble.averaging(), sums, 0, logits, classes, member);
                    nanos[member + 1] += System.nanoTime() - start;
                }
            }
        }
        return nanos;
    }
}
