package org.thalweg.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.assign.Assignment;
import org.thalweg.assign.AssignmentSolver;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Weights;
import org.thalweg.path.Track;
import org.thalweg.result.AssignmentQuality;

/**
 * Optimal transport: each neuron of A moves on a straight line to a neuron of B of its own, so that the sum of squared
 * distances is least (Anokhin and Yarotsky 2020, after Villani). The assignment is exact; O(n² D + n³). Of deep networks all
 * layers move at once, matched by {@link WeightMatching}.
 */
final class OtConnector implements NeuronConnector {
    @Override
    public String name() {
        return "ot";
    }

    @Override
    public boolean matches() {
        return true;
    }

    @Override
    public Movement move(Network a, Network b, ConnectContext context) {
        List<Transition> transitions = Transition.of(Alike.of(a, b));
        if (transitions.isEmpty()) {
            throw new IllegalArgumentException("method 'ot' matches hidden units, but the network "
                    + a.architecture().text() + " has none; use linear.");
        }
        if (transitions.size() == 1) {
            return move(transitions.get(0), a.weights(), b.weights(), context);
        }
        WeightMatching.Matching matching = WeightMatching.of(transitions, a, b, context);
        Weights target = new Alignment(a.architecture(), matching.orders()).applied(b.weights(), context);
        Map<String, Track> tracks = LinearConnector.straight(a.weights(), target);
        return new Movement(tracks, target, matching.orders(), Optional.of(matching.quality()));
    }

    @Override
    public Movement move(Transition transition, Weights start, Weights end, ConnectContext context) {
        requireInterchangeable(transition);
        Assignment assignment = AssignmentSolver.solve(MatchingCosts.of(transition, start, end, context));
        Optional<AssignmentQuality> quality =
                Optional.of(new AssignmentQuality(assignment.cost(), assignment.dualityGap()));
        return along(transition, start, end, assignment.permutation(), quality, context);
    }

    // n² D for the distances; the assignment takes n³ steps at worst, so this is no less than it takes
    @Override
    public Work cost(Transition transition) {
        double n = transition.size();
        return new Work(0, n * n * (transition.length() + n), 3 * 8 * n * n, false);
    }

    static void requireInterchangeable(Transition transition) {
        if (!transition.isInterchangeable()) {
            throw new IllegalArgumentException("method 'ot' cannot match the units of layer "
                    + transition.layer().name() + ": a group norm ties them to each other; use linear or arc.");
        }
    }

    /** Returns the movement of slot i from unit i of {@code start} to unit {@code matching.get(i)} of {@code end}. */
    static Movement along(
            Transition transition,
            Weights start,
            Weights end,
            Permutation matching,
            Optional<AssignmentQuality> quality,
            ConnectContext context) {
        Map<Integer, Permutation> orders = Map.of(transition.units().layer(), matching);
        Weights target = new Alignment(transition.architecture(), orders).applied(end, context);
        return new Movement(LinearConnector.straight(start, target), target, orders, quality);
    }
}
