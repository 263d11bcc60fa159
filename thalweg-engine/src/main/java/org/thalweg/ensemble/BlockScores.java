package org.thalweg.ensemble;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.evaluate.NonFiniteLossException;
import org.thalweg.result.PredictionScore;

/** What the first m members together, and each alone, scored on some examples. Mutable, one thread. */
final class BlockScores {
    private final List<ScoreSums> prefixes = new ArrayList<>();
    private final List<ScoreSums> members = new ArrayList<>();

    BlockScores(int count) {
        for (int i = 0; i < count; i++) {
            prefixes.add(new ScoreSums());
            members.add(new ScoreSums());
        }
    }

    /**
     * Adds one example.
     *
     * @param mean log-probabilities of all members up to this one
     * @param own log-probabilities of this member
     */
    void add(int member, double[] mean, double[] own, int label) {
        prefixes.get(member).add(mean, label);
        members.get(member).add(own, label);
    }

    /** Adds those of a later block. */
    void add(BlockScores block) {
        for (int i = 0; i < members.size(); i++) {
            prefixes.get(i).add(block.prefixes.get(i));
            members.get(i).add(block.members.get(i));
        }
    }

    /** Returns the means over the examples. */
    EnsembleScores scores() {
        return new EnsembleScores(means(prefixes), means(members));
    }

    private static List<PredictionScore> means(List<ScoreSums> sums) {
        List<PredictionScore> scores = new ArrayList<>();
        for (ScoreSums sum : sums) {
            PredictionScore score = sum.score();
            NonFiniteLossException.requireFinite(
                    score.loss(), "member " + (scores.size() + 1) + ", or of the members up to it,");
            scores.add(score);
        }
        return scores;
    }
}
