package org.thalweg.result;

import java.util.List;
import java.util.Optional;

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

    /** Returns the method's own curve: the leg of that name, or the first if there is none. */
    public LegProfile curve() {
        return legs.get(curveIndex());
    }

    private int curveIndex() {
        for (int i = 0; i < legs.size(); i++) {
            if (legs.get(i).name().equals("curve")) {
                return i;
            }
        }
        return 0;
    }

    /**
     * Returns the worst of each measure from network A to the end of the method's own curve: what the published tables
     * state, whose curves begin at A.
     */
    public WorstMeasures curveWorst() {
        return WorstMeasures.over(legs.subList(0, curveIndex() + 1).stream()
                .map(LegProfile::worst)
                .toList());
    }

    /** Returns what was measured at the end of the leg of this name, if the path has one. */
    public Optional<Measures> endOf(String leg) {
        return named(leg)
                .map(found -> found.points().get(found.points().size() - 1).measures());
    }

    /** Returns what was measured at the start of the leg of this name, if the path has one. */
    public Optional<Measures> startOf(String leg) {
        return named(leg).map(found -> found.points().get(0).measures());
    }

    private Optional<LegProfile> named(String name) {
        return legs.stream().filter(leg -> leg.name().equals(name)).findFirst();
    }
}
