package org.thalweg.connect;

import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Weights;

/**
 * Refits an output layer to the labels, the features being fixed: a convex problem ({@link RefitObjective}), solved by
 * {@link ConvexMinimizer} under {@link RefitCurvature}. Knows nothing of the layers below, which {@link FeatureBlocks} hides.
 *
 * <p>Cost, for 784-2000-10 on 60,000 examples from the straight line between two output layers: 7 passes over the features.
 *
 * @param engine where to compute
 * @param objective what to minimise
 * @param tolerance the certificate to reach: how far F may lie above its least value
 */
record ConvexFit(Engine engine, RefitObjective objective, double tolerance) {
    /**
     * A refitted output layer.
     *
     * @param output its tensors
     * @param objective F there
     * @param certificate the most that F there can lie above its least value
     * @param passes passes over the features that evaluated F
     */
    record Refit(Weights output, double objective, double certificate, int passes) {
        /** Returns this refit with its units in another order. */
        Refit with(Weights relisted) {
            return new Refit(relisted, objective, certificate, passes);
        }
    }

    /**
     * Returns the refit, begun at {@code start}: a start near the optimum changes the time, not the certificate.
     *
     * @param start holds an output layer
     * @throws NoConvergenceException if rounding keeps it from its certificate
     */
    Refit from(Weights start) {
        try (Scope scope = Scope.open()) {
            RefitCurvature curvature = new RefitCurvature(objective, engine);
            ConvexMinimizer.Minimum minimum = new ConvexMinimizer(objective, curvature, tolerance)
                    .minimise(objective.reduced(objective.joined(start)));
            return new Refit(
                    objective.split(minimum.w()), minimum.value(), minimum.certificate(), minimum.evaluations());
        }
    }
}
