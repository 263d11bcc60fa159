package org.thalweg.connect;

import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Weights;

/**
 * The sums of one solve of a {@link LayerFit}, taken where the examples are. Each part computes Y and what rests anew, two
 * forward passes that the Gram matrix makes small; nothing stays there between solves.
 *
 * @param problem what is fitted
 * @param point weights of the layers from {@link LayerProblem#from} to the fitted one
 * @param prior P, the layer's tensors
 */
record PartialLayerSums(LayerProblem problem, Weights point, Weights prior)
        implements PartialSum<NormalEquations.Sums> {
    @Override
    public NormalEquations.Sums over(Engine engine, Examples part, int first) {
        try (Scope scope = Scope.open()) {
            return new LayerSums(engine, problem, part, first)
                    .at(point, problem.joined(prior))
                    .sums();
        }
    }

    @Override
    public NormalEquations.Sums plus(NormalEquations.Sums one, NormalEquations.Sums other) {
        return one.plus(other);
    }
}
