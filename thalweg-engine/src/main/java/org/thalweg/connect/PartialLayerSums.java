package org.thalweg.connect;

import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;

/**
 * The sums of solves of a {@link LayerFit}, taken where the examples are. Each part computes Y and what rests anew, two
 * forward passes that the Gram matrices make small; nothing stays there afterwards.
 *
 * @param problem what is fitted
 * @param places where
 */
record PartialLayerSums(LayerProblem problem, FitPlaces places) implements PartialSum<NormalEquations.Sums[]> {
    @Override
    public NormalEquations.Sums[] over(Engine engine, Examples part, int first) {
        try (Scope scope = Scope.open()) {
            return new LayerSums(engine, problem, part, first)
                    .at(places).stream().map(NormalEquations::sums).toArray(NormalEquations.Sums[]::new);
        }
    }

    @Override
    public NormalEquations.Sums[] plus(NormalEquations.Sums[] one, NormalEquations.Sums[] other) {
        for (int place = 0; place < one.length; place++) {
            one[place].add(other[place]);
        }
        return one;
    }
}
