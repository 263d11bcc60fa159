package org.thalweg.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.network.Layer;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * REPAIR (Jordan et al. 2022, arXiv:2211.08403) by the statistics of batch norms: mean and standard deviation of what each norm
 * makes of the examples are brought to those between two networks'.
 */
final class NormRepair {
    private NormRepair() {}

    /**
     * Returns the weights with, in place of each norm's statistics, mean M and standard deviation S of what it makes of the
     * examples under its own ones: M = (m' − m)/√(v + ε) γ + β and S = σ'/√(v + ε) |γ|, m' and σ' being those of what reaches it.
     */
    static Weights outputs(NormStatistics norms, Weights weights) {
        Map<String, Moments> outputs = new LinkedHashMap<>();
        norms.set(weights, (name, reaching) -> {
            Norm norm = new Norm(name, weights);
            double[] mean = new double[reaching.units()];
            double[] deviation = new double[reaching.units()];
            for (int i = 0; i < mean.length; i++) {
                double scale = norm.gamma.get(i) / Math.sqrt(norm.variance.get(i) + Layer.BatchNorm.EPSILON);
                mean[i] = (reaching.mean(i) - norm.mean.get(i)) * scale + norm.beta.get(i);
                deviation[i] = Math.sqrt(reaching.variance(i)) * Math.abs(scale);
            }
            outputs.put(name, Moments.of(mean, deviation));
            return Moments.of(norm.mean.toDoubles(), norm.variance.toDoubles());
        });
        Weights replaced = weights;
        for (Map.Entry<String, Moments> norm : outputs.entrySet()) {
            replaced = NormStatistics.with(replaced, norm.getKey(), norm.getValue());
        }
        return replaced;
    }

    /**
     * Returns the weights with the statistics that make each norm's output what lies between two networks' outputs.
     *
     * @param a A's outputs as {@link #outputs} returns them, in the order of the slots
     * @param b B's
     * @param t how far from A to B
     */
    static Weights towards(NormStatistics norms, Weights weights, Weights a, Weights b, double t) {
        return norms.set(weights, (name, reaching) -> {
            Norm norm = new Norm(name, weights);
            Norm start = new Norm(name, a);
            Norm end = new Norm(name, b);
            double[] mean = new double[reaching.units()];
            double[] variance = new double[reaching.units()];
            for (int i = 0; i < mean.length; i++) {
                double goal = (1 - t) * start.mean.get(i) + t * end.mean.get(i);
                double spread = (1 - t) * start.variance.get(i) + t * end.variance.get(i); // these hold deviations
                double gamma = norm.gamma.get(i);
                // M and S above, solved for v and m
                double root = Math.abs(gamma) * Math.sqrt(reaching.variance(i)) / spread;
                double v = root * root - Layer.BatchNorm.EPSILON;
                boolean possible = v >= 0 && Double.isFinite(v); // not of a unit that is constant or to become so
                mean[i] = possible ? reaching.mean(i) - (goal - norm.beta.get(i)) * root / gamma : reaching.mean(i);
                variance[i] = possible ? v : reaching.variance(i);
            }
            return Moments.of(mean, variance);
        });
    }

    /** The tensors of one norm. */
    private static final class Norm {
        private final Tensor gamma;
        private final Tensor beta;
        private final Tensor mean;
        private final Tensor variance;

        Norm(String name, Weights weights) {
            gamma = weights.get(name + ".weight");
            beta = weights.get(name + ".bias");
            mean = weights.get(NormStatistics.mean(name));
            variance = weights.get(NormStatistics.variance(name));
        }
    }
}
