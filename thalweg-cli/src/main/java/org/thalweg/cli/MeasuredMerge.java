package org.thalweg.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.connect.Merge.Merged;
import org.thalweg.evaluate.Evaluator;
import org.thalweg.network.Network;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;
import org.thalweg.path.Track;
import org.thalweg.result.Measures;
import org.thalweg.result.Profile;
import org.thalweg.result.WorstMeasures;

/**
 * What a merge measures: the straight lines from each network, units in the merge's order, to what was made of them.
 *
 * @param lines one per network
 */
record MeasuredMerge(List<Profile> lines) {
    static MeasuredMerge of(Merged merged, Evaluator evaluator) {
        List<Profile> lines = new ArrayList<>();
        for (Network parent : merged.parents()) {
            lines.add(evaluator.evaluate(line(parent, merged.network())));
        }
        return new MeasuredMerge(lines);
    }

    private static Path line(Network from, Network to) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        from.weights()
                .asMap()
                .forEach((name, tensor) ->
                        tracks.put(name, Track.linear(tensor, to.weights().get(name))));
        return new Path(from.architecture(), "linear", List.of(new CurveLeg("curve", tracks)), from.provenance());
    }

    /** Returns what network {@code index} measures. */
    Measures parent(int index) {
        return lines.get(index).start();
    }

    /** Returns what the merged network measures. */
    Measures merged() {
        return lines.get(0).end();
    }

    /** Returns the worst on the lines. */
    WorstMeasures between() {
        return WorstMeasures.over(lines.stream().map(Profile::worst).toList());
    }

    /** Returns how much worse that is than the worse end of its line, the most over all lines. */
    Measures barrier() {
        return Measures.of(
                merged().loss(),
                measure -> lines.stream()
                        .mapToDouble(line -> line.barriers().worseEnd().get(measure))
                        .max()
                        .orElseThrow());
    }
}
