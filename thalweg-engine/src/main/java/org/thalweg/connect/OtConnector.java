package org.thalweg.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.assign.Assignment;
import org.thalweg.assign.AssignmentSolver;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Weights;
import org.thalweg.result.AssignmentQuality;

/**
 * Optimal transport: each neuron of A moves on a straight line to a neuron of B of its own, so that the sum of squared
 * distances is least (Anokhin and Yarotsky 2020, after Villani). The assignment is exact; O(n² D + n³).
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
        if (transitions.size() != 1) {
            throw new IllegalArgumentException("method 'ot' joins networks of two layers, but this one is "
                    + a.architecture().text() + "; use ot+butterfly or ot+wa, which go layer by layer.");
        }
        return move(transitions.get(0), a.weights(), b.weights(), context);
    }

    @Override
    public Movement move(Transition transition, Weights start, Weights end, ConnectContext context) {
        if (!transition.isInterchangeable()) {
            throw new IllegalArgumentException("method 'ot' cannot match the units of layer "
                    + transition.layer().name() + ": a group norm ties them to each other; use linear or arc.");
        }
        Assignment assignment = AssignmentSolver.solve(MatchingCosts.of(transition, start, end, context));
        Optional<AssignmentQuality> quality =
                Optional.of(new AssignmentQuality(assignment.cost(), assignment.dualityGap()));
        return along(transition, start, end, assignment.permutation(), quality, context);
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
        return new Movement(LinearConnector.straight(start, target), target, Optional.of(matching), quality);
    }
}
