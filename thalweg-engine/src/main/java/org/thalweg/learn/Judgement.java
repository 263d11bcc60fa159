package org.thalweg.learn;

import java.util.List;
import java.util.stream.IntStream;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;
import org.thalweg.engine.Scoring.Score;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

/**
 * How good a map is on networks that it was not trained on.
 *
 * @param networks the validation networks, at least two; neighbours in the list are joined
 * @param examples what paths are measured on
 */
record Judgement(List<Network> networks, Examples examples) {
    /** Places between the ends at which a path is measured, evenly spaced, the middle among them. */
    private static final int PLACES = 5;

    private static final int BLOCK = 256; // examples

    /** What was found; the field of {@link Round}. */
    record Found(double logLikelihood, double worstLoss, double worstAccuracy) {}

    /** Judges a map; worst values are infinite or 0 if it answers NaN or infinity. */
    Found of(LearnedMap map, Engine engine) {
        double likelihood = engine.inOrder(networks.size(), i -> logLikelihood(map, networks.get(i))).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        double worstLoss = 0;
        double worstAccuracy = 1;
        for (int i = 1; i < networks.size(); i++) {
            for (Score score : scores(map, networks.get(i - 1), networks.get(i), engine)) {
                double loss = score.loss() / examples.count();
                worstLoss = Double.isFinite(loss) ? Math.max(worstLoss, loss) : Double.POSITIVE_INFINITY;
                worstAccuracy = Math.min(worstAccuracy, (double) score.right() / examples.count());
            }
        }
        return new Found(likelihood, worstLoss, worstAccuracy);
    }

    private List<Score> scores(LearnedMap map, Network a, Network b, Engine engine) {
        try {
            LearnedRule rule = LearnedRule.between(map, a.architecture(), a.weights(), b.weights());
            return engine.inOrder(PLACES, i -> score(a, rule.at((i + 1.0) / (PLACES + 1))));
        } catch (SingularMapException e) { // a round to be passed over, not the end of a training
            return List.of(new Score(Double.POSITIVE_INFINITY, 0));
        }
    }

    private Score score(Network like, Weights weights) {
        DeviceNetwork network = DeviceNetwork.load(like.architecture(), weights);
        return IntStream.range(0, (examples.count() + BLOCK - 1) / BLOCK)
                .mapToObj(block -> {
                    int from = block * BLOCK;
                    int to = Math.min(examples.count(), from + BLOCK);
                    try (Scope scope = Scope.open()) {
                        return Scoring.of(examples, from, to, weights.precision())
                                .score(network.logits(Blocks.inputs(examples, from, to, weights.precision())));
                    }
                })
                .reduce(new Score(0, 0), Score::plus);
    }

    /** Returns the mean log-likelihood of a network's neurons. */
    private static double logLikelihood(LearnedMap map, Network network) {
        Neurons neurons = new Neurons(network.architecture());
        try (DeviceValues parameters = DeviceValues.of(map.parameters(), Precision.FLOAT32)) {
            NeuronMap mapping = new NeuronMap(map.shape(), parameters, map.halves());
            DeviceTensor all = neurons.on(network.weights(), Precision.FLOAT32);
            int n = neurons.count();
            double sum = 0;
            for (int column = 0; column < n; column += LearnedRule.BLOCK) {
                try (Scope scope = Scope.open()) {
                    DeviceTensor block = all.narrow(1, column, Math.min(LearnedRule.BLOCK, n - column))
                            .copied();
                    sum += LikelihoodPiece.logLikelihood(
                            mapping.forward(map.standardisation().standardised(block)));
                }
            }
            return sum / n + map.standardisation().logDeterminant();
        }
    }
}
