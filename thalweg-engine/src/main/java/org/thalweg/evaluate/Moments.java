package org.thalweg.evaluate;

import java.util.Arrays;
import java.util.List;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/** Mean and variance of each of n units over many values. Immutable. */
final class Moments {
    private final double[] mean;
    private final double[] squares; // sum of squared deviations from the mean
    private final long count;

    private Moments(double[] mean, double[] squares, long count) {
        this.mean = mean;
        this.squares = squares;
        this.count = count;
    }

    /** Returns the moments of rows [n, values], in double. */
    static Moments of(DeviceTensor rows) {
        DeviceTensor values = rows.to(Precision.FLOAT64).copied();
        int count = values.extent(1);
        DeviceTensor mean = values.sum(1).scaleInPlace(1.0 / count);
        values.addInPlace(mean, -1);
        return new Moments(mean.toDoubles(), values.squared().sum(1).toDoubles(), count);
    }

    /** Returns these means and variances; the arrays are owned from now on. */
    static Moments of(double[] mean, double[] variance) {
        return new Moments(mean, variance, 1);
    }

    /**
     * Returns the moments of all parts together, added in their order.
     *
     * <p>δ = m₂ − m₁, m = m₁ + δ n₂/n, S = S₁ + S₂ + δ² n₁n₂/n (Chan, Golub and LeVeque 1983): sums of squares less squared
     * sums would cancel.
     */
    static Moments together(List<Moments> parts) {
        int units = parts.get(0).mean.length;
        double[] mean = new double[units];
        double[] squares = new double[units];
        long count = 0;
        for (Moments part : parts) {
            long all = count + part.count;
            for (int i = 0; i < units; i++) {
                double delta = part.mean[i] - mean[i];
                mean[i] += delta * part.count / all;
                squares[i] += part.squares[i] + delta * delta * count * part.count / all;
            }
            count = all;
        }
        return new Moments(mean, squares, count);
    }

    /** Returns the number of units. */
    int units() {
        return mean.length;
    }

    /** Returns the mean of a unit. */
    double mean(int unit) {
        return mean[unit];
    }

    /** Returns the variance of a unit, divided by count − 1 as PyTorch's running variance is; by 1 if there is one value. */
    double variance(int unit) {
        return squares[unit] / Math.max(1, count - 1);
    }

    /** Returns the means, [n]. */
    Tensor means(Precision precision) {
        return Tensor.rounded(Shape.of(mean.length), mean, precision);
    }

    /** Returns the variances, [n]. */
    Tensor variances(Precision precision) {
        double[] variances = new double[mean.length];
        Arrays.setAll(variances, this::variance);
        return Tensor.rounded(Shape.of(variances.length), variances, precision);
    }
}
