package org.thalweg.learn;

import org.thalweg.engine.DeviceTensor;

/**
 * The log-scales s = a·tanh(r/a) of coordinates, bounded so that neither e^s nor its inverse overflows.
 *
 * @param tanh tanh(r/a), [q, N]
 * @param bound a
 */
record LogScale(DeviceTensor tanh, double bound) {
    /** Returns the log-scales of raw values r, which are overwritten. */
    static LogScale ofInPlace(DeviceTensor raw, double bound) {
        return new LogScale(raw.scaleInPlace(1 / bound).tanhInPlace(), bound);
    }

    /** Returns e^s. */
    DeviceTensor factors() {
        return tanh.times(bound).exp();
    }

    /** Returns e^(−s). */
    DeviceTensor inverseFactors() {
        return tanh.times(-bound).exp();
    }

    /** Returns Σ s per column, [1, N]. */
    DeviceTensor sums() {
        return tanh.sum(0).scaleInPlace(bound);
    }

    /** Returns the gradient of r where that of s is {@code above}: ds/dr = 1 − tanh². */
    DeviceTensor back(DeviceTensor above) {
        return above.product(tanh.squared().scaleInPlace(-1).shiftInPlace(1));
    }
}
