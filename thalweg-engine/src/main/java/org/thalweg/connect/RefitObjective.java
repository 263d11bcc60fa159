package org.thalweg.connect;

import java.util.List;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;
import org.thalweg.network.Weights;

/**
 * What a refit minimises over the output layer W, the features φ being fixed:
 *
 * <pre>
 * F(W) = (1/N) Σ_j loss(W φ_j, y_j) + λ/2 ‖W‖²        W = [W2 b2], bias in the norm
 * </pre>
 *
 * <p>λ-strongly convex, so F(W) − min F ≤ ‖∇F(W)‖² / 2λ. Products are in the layer's precision, sums over blocks in float64 in
 * their order, so that the bits do not depend on the number of threads. One evaluation is one pass over the features with two
 * products of N (n+1) c multiply-adds.
 *
 * @param features φ of the fold's examples
 * @param fold the examples, for their answers
 * @param layer the output layer
 * @param loss which loss
 * @param lambda λ, positive
 */
record RefitObjective(FeatureBlocks features, Fold fold, LayerMatrix layer, RefitLoss loss, double lambda)
        implements ConvexMinimizer.Objective {

    /** What one block adds: the sum of its losses and of their gradients. */
    private record Part(double loss, Vector gradient) {}

    /**
     * What W scores.
     *
     * @param loss mean loss per example, without the λ term
     * @param accuracy fraction of the examples that are right; 0 where none is right or wrong
     */
    record Level(double loss, double accuracy) {}

    /** Returns the output layer among {@code weights} as W. */
    Vector joined(Weights weights) {
        return Vector.owning(layer.joined(weights));
    }

    /** Returns the tensors of W, rounded. */
    Weights split(Vector w) {
        return layer.split(w.toArray());
    }

    /** Returns the part of W, or of a step in W, that matters to the loss. */
    Vector reduced(Vector w) {
        return loss.reduced(w, layer.units());
    }

    /** Returns the same with another λ, on the same features. */
    RefitObjective withLambda(double other) {
        return new RefitObjective(features, fold, layer, loss, other);
    }

    @Override
    public double convexity() {
        return lambda;
    }

    /** Rounds to what the layer can store, so that what is minimised is what is kept. */
    @Override
    public Vector representable(Vector w) {
        return joined(split(w));
    }

    @Override
    public ConvexMinimizer.Evaluation at(Vector w) {
        DeviceTensor weight = weight(w);
        List<Part> parts = features.inOrder((from, to, phi) -> {
            Scoring scoring = loss.of(scoring(from, to), layer);
            DeviceTensor outputs = weight.times(phi); // [c, n+1] x [n+1, B] -> [c, B]
            DeviceTensor residual = scoring.gradient(outputs); // [c, B]
            double[] gradient = residual.times(phi.transposed()).toDoubles(); // [c, B] x [B, n+1] -> [c, n+1]
            return new Part(scoring.score(outputs).loss(), Vector.owning(gradient));
        });
        double sum = 0;
        Vector gradient = w.times(lambda);
        for (Part part : parts) {
            sum += part.loss();
            gradient = gradient.plus(1.0 / fold.count(), part.gradient());
        }
        return new ConvexMinimizer.Evaluation(sum / fold.count() + lambda / 2 * w.squared(), gradient);
    }

    /** Returns loss and accuracy of W; one pass with one product. */
    Level level(Vector w) {
        DeviceTensor weight = weight(w);
        List<Scoring.Score> scores = features.inOrder((from, to, phi) -> {
            Scoring own = scoring(from, to);
            DeviceTensor outputs = weight.times(phi); // [c, B]
            return new Scoring.Score(
                    loss.of(own, layer).score(outputs).loss(),
                    own.score(outputs).right());
        });
        Scoring.Score sum = scores.stream().reduce(new Scoring.Score(0, 0), Scoring.Score::plus);
        return new Level(sum.loss() / fold.count(), (double) sum.right() / fold.count());
    }

    private Scoring scoring(int from, int to) {
        return fold.scoring(from, to, layer.precision());
    }

    /** Returns the second derivative of each example's squared error in each of its outputs. */
    double squaredErrorCurvature() {
        try (Scope scope = Scope.open()) {
            return scoring(0, 1).squared(layer.units(), layer.precision()).curvature();
        }
    }

    /** Returns W in native memory, in the layer's precision. */
    DeviceTensor weight(Vector w) {
        return DeviceTensor.of(w.toArray(), layer.units(), layer.columns()).to(layer.precision());
    }
}
