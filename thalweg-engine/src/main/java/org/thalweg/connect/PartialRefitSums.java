package org.thalweg.connect;

import org.thalweg.data.Examples;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Scoring;

/**
 * The sums of a refit, taken where the examples are. The features are made anew for every sum: nothing stays there between
 * them.
 *
 * @param elsewhere takes the sums
 * @param point what is refitted
 * @param kind of the fold that is fitted or judged
 * @param count how many examples the fold has in all parts together
 */
record PartialRefitSums(ExampleSums elsewhere, RefitPoint point, Fold.Kind kind, int count) implements RefitSums {
    @Override
    public Slope slope(Vector w) {
        return elsewhere.of(new SlopeSum(point, kind, w));
    }

    @Override
    public Scoring.Score score(Vector w) {
        return elsewhere.of(new ScoreSum(point, kind, w));
    }

    private record SlopeSum(RefitPoint point, Fold.Kind kind, Vector w) implements PartialSum<Slope> {
        @Override
        public Slope over(Engine engine, Examples part, int first) {
            try (Scope scope = Scope.open()) {
                return point.sums(engine, Fold.of(kind, part, first)).slope(w);
            }
        }

        @Override
        public Slope plus(Slope one, Slope other) {
            return one.plus(other);
        }
    }

    private record ScoreSum(RefitPoint point, Fold.Kind kind, Vector w) implements PartialSum<Scoring.Score> {
        @Override
        public Scoring.Score over(Engine engine, Examples part, int first) {
            try (Scope scope = Scope.open()) {
                return point.sums(engine, Fold.of(kind, part, first)).score(w);
            }
        }

        @Override
        public Scoring.Score plus(Scoring.Score one, Scoring.Score other) {
            return one.plus(other);
        }
    }
}
