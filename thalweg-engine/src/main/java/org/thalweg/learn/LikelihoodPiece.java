package org.thalweg.learn;

import java.util.List;
import java.util.SplittableRandom;
import org.thalweg.engine.DeviceTensor;

/**
 * Flow: the mean negative log-likelihood −log[ρ(ν(x)) |det ∂ν/∂x|] of a sample of standardised neurons, ρ the standard normal.
 *
 * @param networks the standardised neurons of each network, [d, n]
 * @param sample neurons per piece
 */
record LikelihoodPiece(List<DeviceTensor> networks, int sample) implements Piece {
    /** One network per piece: its neurons are independent samples as good as those of all. */
    @Override
    public double run(NeuronMap map, SplittableRandom random, Gradients sink) {
        DeviceTensor network = networks.get(random.nextInt(networks.size()));
        int n = network.extent(1);
        int[] drawn = random.ints(sample, 0, n).toArray();
        NeuronMap.Trace trace = map.forward(network.columns(drawn));
        double loss = -logLikelihood(trace) / sample;
        if (Double.isFinite(loss)) {
            trace.passage().back().run(trace.noise().times(1.0 / sample), -1.0 / sample, sink);
        }
        return loss;
    }

    // log rho(z) + log det = -|z|^2 / 2 - d log(2 pi) / 2 + log det
    /** Returns the log-likelihoods of all columns, added up. */
    static double logLikelihood(NeuronMap.Trace trace) {
        DeviceTensor z = trace.noise();
        return -0.5 * z.squared().total()
                - 0.5 * z.extent(0) * z.extent(1) * Math.log(2 * Math.PI)
                + trace.passage().logDeterminant().total();
    }
}
