package org.thalweg.connect;

import java.util.function.Supplier;
import org.thalweg.engine.Scoring;
import org.thalweg.network.Weights;

/**
 * What a refit minimises over the output layer W, the features φ being fixed:
 *
 * <pre>
 * F(W) = (1/N) Σ_j loss(W φ_j, y_j) + λ/2 ‖W‖²        W = [W2 b2], bias in the norm
 * </pre>
 *
 * <p>λ-strongly convex, so F(W) − min F ≤ ‖∇F(W)‖² / 2λ.
 *
 * @param sums over all examples
 * @param curved makes what the curvature is measured on, in the current scope: the same examples, or some of them
 * @param layer the output layer
 * @param loss which loss
 * @param lambda λ, positive
 */
record RefitObjective(RefitSums sums, Supplier<FeatureSums> curved, LayerMatrix layer, RefitLoss loss, double lambda)
        implements ConvexMinimizer.Objective {

    /** Minimises over features that are all here. */
    RefitObjective(FeatureSums sums, double lambda) {
        this(sums, () -> sums, sums.layer(), sums.loss(), lambda);
    }

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
        return new RefitObjective(sums, curved, layer, loss, other);
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
        RefitSums.Slope slope = sums.slope(w);
        return new ConvexMinimizer.Evaluation(
                slope.loss() / sums.count() + lambda / 2 * w.squared(),
                w.times(lambda).plus(1.0 / sums.count(), slope.gradient()));
    }

    /** Returns loss and accuracy of W. */
    Level level(Vector w) {
        Scoring.Score score = sums.score(w);
        return new Level(score.loss() / sums.count(), (double) score.right() / sums.count());
    }
}
