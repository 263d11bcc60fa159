package org.thalweg.run;

import java.util.List;
import org.thalweg.result.Measures;
import org.thalweg.result.MergeVerdict;
import org.thalweg.result.WorstMeasures;

/**
 * A measured merge: what the command prints and its card tells.
 *
 * @param method how the networks were merged, such as {@code ot+ca}
 * @param order whose order of units they were brought into
 * @param program which program merged and measured
 * @param data what it was measured on
 * @param parents the networks
 * @param merged what the merged network measures
 * @param between the worst on the straight lines between the merged network and each of the others
 * @param barrier how much worse that is than the worse end of its line, the most over all lines
 */
public record MergeResult(
        String method,
        String order,
        String program,
        DataFacts data,
        List<Parent> parents,
        Measures merged,
        WorstMeasures between,
        Measures barrier) {
    /**
     * A network that was merged.
     *
     * @param name its file's name without suffix
     * @param sha256 of its file
     * @param measures what it measures
     */
    public record Parent(String name, String sha256, Measures measures) {}

    public MergeResult {
        parents = List.copyOf(parents);
    }

    /** Returns whether the merged network is worth using. */
    public MergeVerdict verdict() {
        return MergeVerdict.of(parents.stream().map(Parent::measures).toList(), merged);
    }
}
