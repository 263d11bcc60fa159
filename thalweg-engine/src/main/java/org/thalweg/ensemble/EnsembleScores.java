package org.thalweg.ensemble;

import java.util.List;
import org.thalweg.result.PredictionScore;

/**
 * How good an ensemble is.
 *
 * @param prefixes of the first m members together, m = 1, 2, …
 * @param members of each member alone
 */
public record EnsembleScores(List<PredictionScore> prefixes, List<PredictionScore> members) {
    public EnsembleScores {
        prefixes = List.copyOf(prefixes);
        members = List.copyOf(members);
    }
}
