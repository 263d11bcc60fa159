package org.thalweg.connect;

import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scoring;

/**
 * The sums of a refit over features that are here. Products are in the layer's precision, sums over blocks in float64 in their
 * order, so that the bits do not depend on the number of threads. A slope is one pass over the features with two products of
 * N (n+1) c multiply-adds, a score one with one.
 *
 * @param features φ of the fold's examples
 * @param fold the examples, for their answers
 * @param layer the output layer
 * @param loss which loss
 */
record FeatureSums(FeatureBlocks features, Fold fold, LayerMatrix layer, RefitLoss loss) implements RefitSums {
    @Override
    public int count() {
        return fold.count();
    }

    @Override
    public Slope slope(Vector w) {
        DeviceTensor weight = weight(w);
        return features
                .inOrder((from, to, phi) -> {
                    Scoring scoring = loss.of(scoring(from, to), layer);
                    DeviceTensor outputs = weight.times(phi); // [c, n+1] x [n+1, B] -> [c, B]
                    DeviceTensor residual = scoring.gradient(outputs); // [c, B]
                    double[] gradient = residual.times(phi.transposed()).toDoubles(); // [c, B] x [B, n+1] -> [c, n+1]
                    return new Slope(scoring.score(outputs).loss(), gradient);
                })
                .stream()
                .reduce(new Slope(0, new double[layer.units() * layer.columns()]), Slope::plus);
    }

    @Override
    public Scoring.Score score(Vector w) {
        DeviceTensor weight = weight(w);
        return features
                .inOrder((from, to, phi) -> {
                    Scoring own = scoring(from, to);
                    DeviceTensor outputs = weight.times(phi); // [c, B]
                    return new Scoring.Score(
                            loss.of(own, layer).score(outputs).loss(),
                            own.score(outputs).right());
                })
                .stream()
                .reduce(new Scoring.Score(0, 0), Scoring.Score::plus);
    }

    private Scoring scoring(int from, int to) {
        return fold.scoring(from, to, layer.precision());
    }

    /** Returns the second derivative of each example's squared error in each of its outputs. */
    double squaredErrorCurvature() {
        return scoring(0, 1).squared(layer.units(), layer.precision()).curvature();
    }

    /** Returns W in native memory, in the layer's precision. */
    DeviceTensor weight(Vector w) {
        return DeviceTensor.of(w.toArray(), layer.units(), layer.columns()).to(layer.precision());
    }
}
