package org.thalweg.connect;

import org.thalweg.network.Network;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;

/** The path of a neuron connector as it is: its curve, then the re-ordering of units where it matched them. */
record NeuronPath(NeuronConnector base) implements Connector {
    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        Movement movement = base.move(a, b, context);
        LayeredPath path = new LayeredPath(a.weights());
        path.add(new CurveLeg("curve", movement.tracks()));
        if (movement.matching().isPresent()) { // two layers: the connector matches no others at once
            path.reorder(Transition.of(a.architecture()).get(0), movement);
        }
        return path.named(base.name(), a, b);
    }
}
