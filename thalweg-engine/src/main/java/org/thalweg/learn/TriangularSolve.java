package org.thalweg.learn;

import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scope;
import org.thalweg.network.Precision;

/**
 * Solves x = m(x) + z e^{s(x)} where coordinate i of m and s depends on those before it alone.
 *
 * @param conditioner x -> (m, s before its bound), masked
 * @param bound of s
 */
record TriangularSolve(Conditioner conditioner, double bound) {
    /** One sweep of an iteration. */
    interface Sweep {
        DeviceTensor run(DeviceTensor x);
    }

    /** Returns the solution, from a guess. */
    DeviceTensor solve(DeviceTensor z, DeviceTensor guess) {
        DeviceTensor x = repeat(guess, z.extent(0), now -> sweep(z, now));
        return x.isFinite() ? x : sequential(z);
    }

    private DeviceTensor sweep(DeviceTensor z, DeviceTensor x) {
        int d = z.extent(0);
        DeviceTensor output = conditioner.run(x).output();
        LogScale s = LogScale.ofInPlace(output.narrow(0, d, d), bound);
        return s.factors().scaleInPlace(z).addInPlace(output.narrow(0, 0, d), 1);
    }

    /**
     * Repeats a sweep until nothing changes any more, at most {@code most} times; stops early at NaN or infinity. Changes are
     * not monotone on the way, so only a small one ends it.
     */
    static DeviceTensor repeat(DeviceTensor start, int most, Sweep sweep) {
        double tolerance = start.precision() == Precision.FLOAT32 ? 1e-5 : 1e-13;
        DeviceTensor now = start.copied();
        for (int i = 0; i < most; i++) {
            try (Scope scope = Scope.open()) {
                DeviceTensor next = sweep.run(now);
                double change = next.minus(now).greatestMagnitude();
                now.copyFrom(next);
                if (!Double.isFinite(change) || change <= tolerance * Math.max(1, next.greatestMagnitude())) {
                    break;
                }
            }
        }
        return now;
    }

    /**
     * Solves coordinate by coordinate: when x_i is known, its share is added to the hidden units' sums. As many
     * multiply-adds as one pass through the conditioner, in D small pieces.
     */
    DeviceTensor sequential(DeviceTensor z) {
        int d = z.extent(0);
        int n = z.extent(1);
        DeviceTensor x = DeviceTensor.zeros(z.precision(), d, n);
        DeviceTensor in = conditioner.parameters().get(conditioner.name() + Conditioner.INPUT_WEIGHT);
        DeviceTensor out = conditioner.parameters().get(conditioner.name() + Conditioner.OUTPUT_WEIGHT);
        DeviceTensor outBias = conditioner.parameters().get(conditioner.name() + Conditioner.OUTPUT_BIAS);
        DeviceTensor sums = DeviceTensor.zeros(z.precision(), in.extent(0), n)
                .addInPlace(conditioner.parameters().get(conditioner.name() + Conditioner.INPUT_BIAS), 1);
        for (int i = 0; i < d; i++) {
            try (Scope scope = Scope.open()) {
                DeviceTensor active = sums.relu(); // units of a degree above i do not reach outputs i
                DeviceTensor m = outBias.narrow(0, i, 1).plusProduct(out.narrow(0, i, 1), active);
                DeviceTensor raw = outBias.narrow(0, d + i, 1).plusProduct(out.narrow(0, d + i, 1), active);
                DeviceTensor value = LogScale.ofInPlace(raw, bound)
                        .factors()
                        .scaleInPlace(z.narrow(0, i, 1))
                        .addInPlace(m, 1);
                x.narrow(0, i, 1).copyFrom(value);
                sums.blendProduct(1, in.narrow(1, i, 1), value);
            }
        }
        return x;
    }
}
