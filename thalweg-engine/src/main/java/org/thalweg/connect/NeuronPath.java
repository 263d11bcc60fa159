package org.thalweg.connect;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.ReorderLeg;

/** The path of a neuron connector as it is: its curve, then the re-ordering of units where it matched them. */
record NeuronPath(NeuronConnector base) implements Connector {
    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        Movement movement = base.move(a, b, context);
        return path(a, b, base.name(), movement, List.of(new CurveLeg("curve", movement.tracks())));
    }

    /** Returns the path of {@code legs}, which end at the movement's target, and of the re-ordering leg that it needs. */
    static Path path(Network a, Network b, String method, Movement movement, List<Leg> legs) {
        List<Leg> all = new ArrayList<>(legs);
        movement.matching()
                .ifPresent(matching -> all.add(new ReorderLeg(
                        "reorder",
                        movement.target(),
                        a.architecture().unitGroups().get(0),
                        matching)));
        Provenance provenance = movement.quality()
                .map(quality -> Provenance.UNKNOWN
                        .with(Methods.ASSIGNMENT_COST, Double.toString(quality.cost()))
                        .with(Methods.DUALITY_GAP, Double.toString(quality.dualityGap())))
                .orElse(Provenance.UNKNOWN);
        Path path = new Path(a.architecture(), method, all, provenance);
        if (!path.at(0).equals(a.weights()) || !path.at(1).equals(b.weights())) {
            throw new IllegalStateException("the path of '" + method + "' misses its end points.");
        }
        return path;
    }
}
