package org.thalweg.result;

import java.util.List;

/**
 * Loss and accuracy along a path. Immutable.
 *
 * @param legs the legs in order
 * @param barriers how far the path rises above its ends
 * @param length how long the path is
 */
public record Profile(List<LegProfile> legs, Barriers barriers, PathLength length) {
    public Profile {
        legs = List.copyOf(legs);
    }

    /** Returns all points by t; where two legs meet there are two. */
    public List<ProfilePoint> points() {
        return legs.stream().flatMap(leg -> leg.points().stream()).toList();
    }

    /** Returns what was measured at the start, network A. */
    public Measures start() {
        return legs.get(0).points().get(0).measures();
    }

    /** Returns what was measured at the end, network B. */
    public Measures end() {
        List<ProfilePoint> last = legs.get(legs.size() - 1).points();
        return last.get(last.size() - 1).measures();
    }

    /** Returns the worst of each measure over the whole path. */
    public WorstMeasures worst() {
        return WorstMeasures.over(legs.stream().map(LegProfile::worst).toList());
    }

    /** Returns the worst of each measure on the method's own curve, the first leg: what the published tables state. */
    public WorstMeasures curveWorst() {
        return legs.get(0).worst();
    }
}
