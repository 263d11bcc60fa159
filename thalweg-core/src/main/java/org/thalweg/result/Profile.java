package org.thalweg.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loss and accuracy along a path. Immutable.
 *
 * @param legs the legs in order
 * @param barriers how far the path rises above its ends
 * @param length how long the path is
 * @param statistics what batch norms' statistics were between the ends, of networks that have such
 * @param recheck the worst points on the whole data set, if they were measured there
 */
public record Profile(
        List<LegProfile> legs,
        Barriers barriers,
        PathLength length,
        Optional<StatisticsPolicy> statistics,
        Optional<Recheck> recheck) {
    private static final Pattern TRANSITION = Pattern.compile("(\\d+)\\.curve");
    private static final Pattern HOMEWARD = Pattern.compile("(\\d+\\.)?(spare|reorder|restore)");

    public Profile {
        legs = List.copyOf(legs);
    }

    /** Creates the profile of networks without batch norm, measured once. */
    public Profile(List<LegProfile> legs, Barriers barriers, PathLength length) {
        this(legs, barriers, length, Optional.empty(), Optional.empty());
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

    /** Returns which loss was measured. */
    public Loss loss() {
        return start().loss();
    }

    /** Returns the worst of each measure over the whole path. */
    public WorstMeasures worst() {
        return WorstMeasures.over(legs.stream().map(LegProfile::worst).toList());
    }

    /** Returns whether the path goes layer by layer, so that its own curve is all of it. */
    public boolean isLayered() {
        return legs.stream().anyMatch(leg -> TRANSITION.matcher(leg.name()).matches());
    }

    private int curveIndex() {
        for (int i = 0; i < legs.size(); i++) {
            if (legs.get(i).name().equals("curve")) {
                return i;
            }
        }
        return isLayered() ? legs.size() - 1 : 0;
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

    /** Returns whether a leg of this name only brings units that were matched into their own order. */
    public static boolean isHomeward(String leg) {
        return HOMEWARD.matcher(leg).matches();
    }

    /**
     * Returns the networks Θ_k between the transitions of a path that goes layer by layer, by t: Θ_(k+1) is where transition k
     * ends, units listed as their slots are, unless only re-ordering is left to do: then that is B.
     */
    public List<Waypoint> waypoints() {
        List<Waypoint> waypoints = new ArrayList<>();
        for (int i = 0; i < legs.size(); i++) {
            LegProfile leg = legs.get(i);
            Matcher transition = TRANSITION.matcher(leg.name());
            boolean isOnTheWay = legs.subList(i + 1, legs.size()).stream().anyMatch(later -> !isHomeward(later.name()));
            if (transition.matches() && isOnTheWay) {
                Measures there = leg.points().get(leg.points().size() - 1).measures();
                waypoints.add(new Waypoint(Integer.parseInt(transition.group(1)) + 1, leg.to(), there));
            }
        }
        return waypoints;
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
