package org.thalweg.learn;

import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scope;

/**
 * Adam's step (Kingma and Ba 2014, arXiv:1412.6980): m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g²,
 * w ← w − rate · m̂ / (√v̂ + ε), where m̂ = m / (1−β₁^step) and v̂ = v / (1−β₂^step).
 *
 * @param parameters w
 * @param means m
 * @param squares v
 */
record Adam(DeviceValues parameters, DeviceValues means, DeviceValues squares) {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** The norm of the whole gradient beyond which it is shortened: an unlucky batch shall not undo a thousand steps. */
    private static final double LONGEST = 1;

    /** Takes a step, counted from 1, along {@code gradients}, which are spent. */
    void step(DeviceValues gradients, double rate, int step) {
        shorten(gradients);
        double unbiasedMean = 1 - Math.pow(BETA1, step);
        double unbiasedRoot = Math.sqrt(1 - Math.pow(BETA2, step));
        parameters.asMap().forEach((name, w) -> {
            try (Scope scope = Scope.open()) {
                DeviceTensor g = gradients.get(name);
                DeviceTensor m = means.get(name).scaleInPlace(BETA1).addInPlace(g, 1 - BETA1);
                DeviceTensor v = squares.get(name).scaleInPlace(BETA2).addInPlace(g.squared(), 1 - BETA2);
                DeviceTensor root = v.root().scaleInPlace(1 / unbiasedRoot).shiftInPlace(EPSILON);
                w.addQuotientInPlace(m, root, -rate / unbiasedMean);
            }
        });
    }

    private static void shorten(DeviceValues gradients) {
        double squared = 0;
        for (DeviceTensor g : gradients.asMap().values()) {
            try (Scope scope = Scope.open()) {
                squared += g.squared().total();
            }
        }
        if (squared > LONGEST * LONGEST) {
            double factor = LONGEST / Math.sqrt(squared);
            gradients.asMap().values().forEach(g -> g.scaleInPlace(factor));
        }
    }
}
