package org.thalweg.learn;

import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Permutation;

/**
 * A RealNVP layer. The coordinates are listed in {@code order}; the first half a stays and says how the other half b moves:
 * y = b ⊙ e^{s(a)} + τ(a), log det = Σ s (Dinh et al. 2016, arXiv:1605.08803). The output is in the new order.
 *
 * @param order which coordinate comes where, of D
 * @param conditioner a -> (s before its bound, τ)
 * @param bound of s
 */
record Coupling(Permutation order, Conditioner conditioner, double bound) implements MapLayer {
    /** Returns how many of {@code dimension} coordinates stay. */
    static int kept(int dimension) {
        return (dimension + 1) / 2;
    }

    private int kept() {
        return kept(order.size());
    }

    private int moved() {
        return order.size() - kept();
    }

    private DeviceTensor top(DeviceTensor x) {
        return x.narrow(0, 0, kept());
    }

    private DeviceTensor bottom(DeviceTensor x) {
        return x.narrow(0, kept(), moved());
    }

    private LogScale scale(Conditioner.Values values) {
        return LogScale.ofInPlace(values.output().narrow(0, 0, moved()), bound);
    }

    private DeviceTensor shift(Conditioner.Values values) {
        return values.output().narrow(0, moved(), moved());
    }

    @Override
    public Passage forward(DeviceTensor x) {
        DeviceTensor listed = x.rows(order.toArray());
        Conditioner.Values values = conditioner.run(top(listed));
        LogScale s = scale(values);
        DeviceTensor factors = s.factors();
        DeviceTensor y = bottom(listed).product(factors).addInPlace(shift(values), 1);
        return new Passage(top(listed).atop(y), s.sums(), (above, ofLogDeterminant, sink) -> {
            DeviceTensor ofB = bottom(above).product(factors);
            DeviceTensor ofS = ofB.product(bottom(listed)).shiftInPlace(ofLogDeterminant);
            DeviceTensor ofA = conditioner
                    .back(values, s.back(ofS).atop(bottom(above)), sink)
                    .addInPlace(top(above), 1);
            return ofA.atop(ofB).rows(order.inverse().toArray());
        });
    }

    // b = (y - tau) e^(-s); its gradient g gives e^(-s) g to y, minus that to tau, and -g b to s
    @Override
    public Passage inverse(DeviceTensor z, DeviceTensor guess) {
        Conditioner.Values values = conditioner.run(top(z));
        LogScale s = scale(values);
        DeviceTensor factors = s.inverseFactors();
        DeviceTensor b = bottom(z).minus(shift(values)).scaleInPlace(factors);
        DeviceTensor x = top(z).atop(b).rows(order.inverse().toArray());
        return new Passage(x, s.sums().scaleInPlace(-1), (above, ofLogDeterminant, sink) -> {
            DeviceTensor listed = above.rows(order.toArray());
            DeviceTensor ofY = bottom(listed).product(factors);
            DeviceTensor ofS =
                    bottom(listed).product(b).shiftInPlace(ofLogDeterminant).scaleInPlace(-1);
            DeviceTensor ofA = conditioner
                    .back(values, s.back(ofS).atop(ofY.times(-1.0)), sink)
                    .addInPlace(top(listed), 1);
            return ofA.atop(ofY);
        });
    }
}
