package org.thalweg.connect;

import java.util.Map;
import java.util.Optional;
import org.thalweg.assign.Assignment;
import org.thalweg.assign.AssignmentSolver;
import org.thalweg.network.Network;
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
    public Movement move(Network a, Network b, ConnectContext context) {
        TwoLayer layers = TwoLayer.of(a, b, name());
        Assignment assignment = AssignmentSolver.solve(MatchingCosts.of(layers, a.weights(), b.weights(), context));
        Weights target = new Alignment(
                        layers.architecture(), Map.of(layers.units().layer(), assignment.permutation()))
                .applied(b.weights(), context);
        return new Movement(
                LinearConnector.straight(a.weights(), target),
                target,
                Optional.of(assignment.permutation()),
                Optional.of(new AssignmentQuality(assignment.cost(), assignment.dualityGap())));
    }
}
