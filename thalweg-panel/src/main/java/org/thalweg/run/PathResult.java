package org.thalweg.run;

import java.util.Optional;
import org.thalweg.result.AssignmentQuality;
import org.thalweg.result.MapUse;
import org.thalweg.result.OutputRefits;
import org.thalweg.result.Profile;
import org.thalweg.result.TrainingCost;

/**
 * A measured path: what {@code connect} and {@code evaluate} print and a panel keeps of a cell.
 *
 * @param method the method's name
 * @param program which program measured it
 * @param a name of the network where the path starts
 * @param b name of the network where it ends
 * @param data what it was measured on
 * @param profile what was measured
 * @param assignment how good the matching is, for methods that match units
 * @param training what training the path took, for methods that train
 * @param refits how the output layer was refitted to labels, for methods that refit
 * @param map which learned map made the path, for methods of learned maps
 */
public record PathResult(
        String method,
        String program,
        String a,
        String b,
        DataFacts data,
        Profile profile,
        Optional<AssignmentQuality> assignment,
        Optional<TrainingCost> training,
        Optional<OutputRefits> refits,
        Optional<MapUse> map) {
    /** Creates the result of a path that was neither trained nor refitted. */
    public PathResult(
            String method,
            String program,
            String a,
            String b,
            DataFacts data,
            Profile profile,
            Optional<AssignmentQuality> assignment) {
        this(method, program, a, b, data, profile, assignment, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the pair's name, also its folder's. */
    public String pair() {
        return a + "_" + b;
    }
}
