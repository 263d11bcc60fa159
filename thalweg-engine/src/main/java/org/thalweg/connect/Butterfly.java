package org.thalweg.connect;

import java.util.List;
import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;
import org.thalweg.network.Permutation;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;

/**
 * The butterfly (Anokhin and Yarotsky 2020): a deep network is joined layer by layer, each transition moving the joint vectors of
 * layers k and k+1 at once, by any method of two-layer networks. It goes through
 * Θ_k: layers below k from B, layers above k from A, layer k fitted so that A's pre-activations of it are kept from B's
 * features; the last transition leads straight to B. One solve of {@link LayerFit} per inner layer, three where units are
 * matched: the matching needs the columns of Θ_k before it can say which of A's columns they are drawn to.
 */
record Butterfly(NeuronConnector base) implements Connector {
    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        Examples train = context.trainFor("method '" + name() + "'", a.architecture());
        LayeredPath path = new LayeredPath(a.weights());
        for (Transition transition : Transition.of(Alike.of(a, b))) {
            Movement movement = movement(transition, path.end(), a, b, train, context);
            path.add(new CurveLeg(transition.legName("curve"), movement.tracks()));
            path.reorder(List.of(transition), movement);
        }
        return path.named(name(), a, b, new Homecoming(context, Optional.of(train), b));
    }

    @Override
    public Optional<Work> cost(Sizes sizes) {
        Work sum = Work.NOTHING;
        for (Transition transition : Transition.of(sizes.a())) {
            Work fits =
                    transition.isLast() ? Work.NOTHING : LayerFit.cost(sizes, transition, 0, base.matches() ? 3 : 1);
            sum = sum.plus(fits).plus(base.cost(transition));
        }
        return Optional.of(sum);
    }

    private String name() {
        return base.name() + "+butterfly";
    }

    private Movement movement(
            Transition transition, Weights start, Network a, Network b, Examples train, ConnectContext context) {
        Weights moved = Transition.replaced(start, transition.own(), b.weights());
        List<String> next = transition.nextNames();
        if (transition.isLast()) {
            return base.move(transition, start, Transition.replaced(moved, next, b.weights()), context);
        }
        try (Scope scope = Scope.open()) {
            LayerFit fit = new LayerFit(context, train, transition.next(), transition.layer(), start, a);
            if (!base.matches()) {
                return base.move(transition, start, Transition.replaced(moved, next, fit.solve(moved, start)), context);
            }
            Weights free = Transition.replaced(moved, next, fit.solve(moved, fit.zero()));
            Movement first = base.move(transition, start, free, context);
            Permutation matching = first.matching(transition).orElseThrow();
            // unit u is what slot π⁻¹(u) runs to, so its column is drawn to that slot's
            Weights prior = transition.relistedColumns(start, matching.inverse());
            Weights end = Transition.replaced(moved, next, fit.solve(moved, prior));
            return OtConnector.along(transition, start, end, matching, first.quality(), context);
        }
    }
}
