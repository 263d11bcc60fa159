package org.thalweg.connect;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;
import org.thalweg.result.AssignmentQuality;

/** A path while it is put together, leg by leg. Not for use by several threads. */
final class LayeredPath {
    private final List<Leg> legs = new ArrayList<>();
    private final List<AssignmentQuality> matchings = new ArrayList<>();
    private Weights end;

    /** Begins at {@code start}. */
    LayeredPath(Weights start) {
        this.end = start;
    }

    /** Returns where the path stands. */
    Weights end() {
        return end;
    }

    /** Adds a leg that starts where the path stands. */
    void add(CurveLeg leg) {
        legs.add(leg);
        end = leg.at(1);
    }

    /** Brings the units that a movement matched home, from input to output, a leg for each layer. */
    void reorder(List<Transition> transitions, Movement movement) {
        for (Transition transition : transitions) {
            movement.matching(transition).ifPresent(matching -> {
                ReorderLeg leg = new ReorderLeg(transition.legName("reorder"), end, transition.units(), matching);
                legs.add(leg);
                end = leg.end();
            });
        }
        movement.quality().ifPresent(matchings::add);
    }

    /** Returns the finished path; costs and gaps of several matchings are summed. */
    Path named(String method, Network a, Network b) {
        Provenance provenance = Provenance.UNKNOWN;
        if (!matchings.isEmpty()) {
            double cost =
                    matchings.stream().mapToDouble(AssignmentQuality::cost).sum();
            double gap = matchings.stream()
                    .mapToDouble(AssignmentQuality::dualityGap)
                    .sum();
            provenance = provenance
                    .with(Methods.ASSIGNMENT_COST, Double.toString(cost))
                    .with(Methods.DUALITY_GAP, Double.toString(gap));
        }
        Path path = new Path(a.architecture(), method, legs, provenance);
        if (!path.at(0).equals(a.weights()) || !path.at(1).equals(b.weights())) {
            throw new IllegalStateException("the path of '" + method + "' misses its end points.");
        }
        return path;
    }
}
