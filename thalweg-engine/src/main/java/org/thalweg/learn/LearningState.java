package org.thalweg.learn;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.network.Weights;

/**
 * Where the training of a map stands after a whole number of rounds: all that is needed to go on.
 *
 * @param parameters the map's
 * @param means Adam's running means of the gradients
 * @param squares Adam's running means of their squares
 * @param best the parameters after the best round so far; the first ones before any
 * @param rounds what each round did
 */
public record LearningState(Weights parameters, Weights means, Weights squares, Weights best, List<Round> rounds) {
    public LearningState {
        rounds = List.copyOf(rounds);
    }

    /** Returns the number of steps done. */
    public int steps() {
        return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).steps();
    }

    /** Returns the number of the best round, counted from 1: least worst loss, the earliest of equals; 0 before any. */
    public int bestRound() {
        int best = 0;
        for (int i = 0; i < rounds.size(); i++) {
            if (best == 0 || rounds.get(i).worstLoss() < rounds.get(best - 1).worstLoss()) {
                best = i + 1;
            }
        }
        return best;
    }

    /** Returns the state after one more round, which becomes the best if it is. */
    LearningState after(Round round, Weights now, Weights nowMeans, Weights nowSquares) {
        List<Round> all = new ArrayList<>(rounds);
        all.add(round);
        LearningState next = new LearningState(now, nowMeans, nowSquares, best, all);
        return next.bestRound() == all.size() ? new LearningState(now, nowMeans, nowSquares, now, all) : next;
    }
}
