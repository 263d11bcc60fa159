package org.thalweg.connect;

import java.util.List;
import java.util.Optional;
import org.thalweg.engine.Work;
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
        path.reorder(Transition.of(a.architecture()), movement);
        return path.named(base.name(), a, b, new Homecoming(context, Optional.empty(), b));
    }

    @Override
    public Optional<Work> cost(Sizes sizes) {
        List<Transition> transitions = Transition.of(sizes.a());
        Work once = transitions.stream().map(base::cost).reduce(Work.NOTHING, Work::plus);
        return Optional.of(transitions.size() == 1 ? once : once.times(WeightMatching.TYPICAL_TURNS));
    }
}
