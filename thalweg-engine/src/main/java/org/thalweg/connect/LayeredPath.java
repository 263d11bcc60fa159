package org.thalweg.connect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.Track;
import org.thalweg.result.AssignmentQuality;

/**
 * A path while it is put together, leg by leg. Units that were matched are not brought home on the way, where layers above are
 * still A's and the loss is high, but when the path has reached B, whose loss it then has between any two swaps. Until then
 * legs list the units as their slots do; whoever adds them sees them at home. Not for use by several threads.
 */
final class LayeredPath {
    private final List<Leg> legs = new ArrayList<>();
    private final List<AssignmentQuality> matchings = new ArrayList<>();
    private final Map<Transition, Permutation> held = new LinkedHashMap<>();
    private final Map<String, Map<Tensor, Tensor>> listed =
            new HashMap<>(); // by name; what legs share stays one tensor
    private Weights end;

    /** Begins at {@code start}. */
    LayeredPath(Weights start) {
        this.end = start;
    }

    /** Returns where the path stands, with the units that were matched at home. */
    Weights end() {
        return end;
    }

    /** Adds a leg that starts where the path stands. */
    void add(CurveLeg leg) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        leg.tracks().forEach((name, track) -> tracks.put(name, listed(name, track)));
        legs.add(new CurveLeg(leg.name(), tracks));
        end = leg.at(1);
    }

    private Track listed(String name, Track track) {
        Map<Tensor, Tensor> own = listed.computeIfAbsent(name, tensor -> new IdentityHashMap<>());
        return new Track(
                track.curve(),
                track.controls().stream()
                        .map(control -> own.computeIfAbsent(control, tensor -> listed(name, tensor)))
                        .toList());
    }

    private Tensor listed(String name, Tensor tensor) {
        Tensor result = tensor;
        for (Map.Entry<Transition, Permutation> entry : held.entrySet()) {
            result = entry.getKey().units().relist(name, result, entry.getValue());
        }
        return result;
    }

    /** Takes home the units that a movement matched; the legs follow at the path's end. */
    void reorder(List<Transition> transitions, Movement movement) {
        for (Transition transition : transitions) {
            movement.matching(transition).ifPresent(matching -> {
                held.put(transition, matching);
                end = transition.units().relist(end, matching.inverse());
                transition.units().slices().forEach(slice -> listed.remove(slice.tensor()));
            });
        }
        movement.quality().ifPresent(matchings::add);
    }

    /** Returns the finished path, units brought home; costs and gaps of several matchings are summed. */
    Path named(String method, Network a, Network b, Homecoming homecoming) {
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
        legs.addAll(homecoming.legs(end, held));
        Path path = new Path(a.architecture(), method, legs, provenance);
        if (!path.at(0).equals(a.weights()) || !path.at(1).equals(b.weights())) {
            throw new IllegalStateException("the path of '" + method + "' misses its end points.");
        }
        return path;
    }
}
