package org.thalweg.run;

import java.util.List;
import java.util.Optional;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.network.Architecture;
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
 * @param architecture the merged network's layers; where widths differ, those of none of the networks
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
        Architecture architecture,
        Measures merged,
        WorstMeasures between,
        Measures barrier) {
    /**
     * A network that was merged.
     *
     * @param name its file's name without suffix
     * @param sha256 of its file
     * @param architecture its layers
     * @param measures what it measures
     */
    public record Parent(String name, String sha256, Architecture architecture, Measures measures) {}

    public MergeResult {
        parents = List.copyOf(parents);
    }

    /** Returns what to know of the merged network's layers before loading it, if they are not those of the networks. */
    public Optional<String> otherLayers() {
        boolean same = parents.stream().allMatch(parent -> parent.architecture().equals(architecture));
        return same
                ? Optional.empty()
                : Optional.of("Widths differed, so the merged network has layers of its own: "
                        + Quote.line(architecture.text()) + ".");
    }

    /** Returns whether the merged network is worth using. */
    public MergeVerdict verdict() {
        return MergeVerdict.of(parents.stream().map(Parent::measures).toList(), merged);
    }
}
