package org.thalweg.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.thalweg.data.Examples;
import org.thalweg.engine.Scope;
import org.thalweg.engine.Work;
import org.thalweg.network.Network;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.Track;

/**
 * Weight adjustment (Anokhin and Yarotsky 2020), layer by layer: the units of layer k follow another method's curve from A's to
 * B's, and at knots along it layer k+1 is fitted anew by least squares so that A's pre-activations of that layer are kept on
 * the training examples; between knots it runs straight. Then layer k+1 is the one that moves. Where slots end with other
 * units, they come home at the end ({@link Homecoming}). The output layer in the end moves alone, a leg on which the loss is convex. Knot 0 is what the layer
 * is where the transition starts. Work: (knots − 1) solves of {@link LayerFit} per hidden layer, and two more where units are
 * matched.
 */
record WeightAdjustment(NeuronConnector base) implements Connector {
    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        List<Transition> transitions = Transition.of(Alike.of(a, b));
        Examples train = context.trainFor("method '" + name() + "'", a.architecture());
        LayeredPath path = new LayeredPath(a.weights());
        for (Transition transition : transitions) {
            try (Scope scope = Scope.open()) {
                new Step(transition, a, b, path.end(), train, context).addTo(path);
            }
        }
        return path.named(name(), a, b, new Homecoming(context, Optional.of(train), b));
    }

    @Override
    public Optional<Work> cost(Sizes sizes) {
        Work sum = Work.NOTHING;
        for (Transition transition : Transition.of(sizes.a())) {
            int alone = base.matches() && !transition.isWhole() ? (transition.isLast() ? 1 : 2) : 0;
            sum = sum.plus(LayerFit.cost(sizes, transition, sizes.settings().knots() - 1, alone))
                    .plus(base.cost(transition));
        }
        return Optional.of(sum);
    }

    private String name() {
        return base.name() + "+wa";
    }

    /** One transition, from where the path stands. */
    private final class Step {
        private final Transition transition;
        private final Network b;
        private final Weights start;
        private final ConnectContext context;
        private final LayerFit fit;

        Step(Transition transition, Network a, Network b, Weights start, Examples train, ConnectContext context) {
            this.transition = transition;
            this.b = b;
            this.start = start;
            this.context = context;
            this.fit = new LayerFit(context, train, transition.next(), transition.layer(), start, a);
        }

        void addTo(LayeredPath path) {
            Movement movement = base.move(transition, start, end(), context);
            Map<String, Track> curve = resting(start);
            transition.own().forEach(name -> curve.put(name, track(movement, name)));
            Weights goal = movement.matching(transition)
                    .map(matching -> transition.relistedColumns(b.weights(), matching))
                    .orElse(b.weights());
            knots(curve, goal).forEach((name, fitted) -> curve.put(name, chain(fitted)));
            path.add(new CurveLeg(transition.legName("curve"), curve));
            if (transition.isLast()) {
                path.add(output(path.end(), goal));
            }
            path.reorder(List.of(transition), movement);
        }

        /**
         * Returns where the transition leads, units in B's order. The columns of layer k+1, which a matching looks at, are B's
         * in a two-layer network; else those that keep A's pre-activations from B's units.
         */
        private Weights end() {
            Weights moved = Transition.replaced(start, transition.own(), b.weights());
            if (transition.isWhole()) {
                return b.weights();
            }
            return base.matches()
                    ? Transition.replaced(moved, transition.nextNames(), fit.solve(moved, fit.zero()))
                    : moved;
        }

        private Track track(Movement movement, String name) {
            return Optional.ofNullable(movement.tracks().get(name)).orElseThrow();
        }

        private Track chain(List<Tensor> fitted) {
            return new Track(new PolygonalChain(fitted.size()), fitted);
        }

        /** Returns the tensors of layer k+1 at the knots, columns in the order of the slots. */
        private Map<String, List<Tensor>> knots(Map<String, Track> curve, Weights goal) {
            int count = context.settings().knots();
            Map<String, List<Tensor>> knots = new LinkedHashMap<>();
            transition.nextNames().forEach(name -> knots.put(name, new ArrayList<>(List.of(start.get(name)))));
            List<Double> places = IntStream.range(1, count)
                    .mapToObj(k -> (double) k / (count - 1))
                    .toList();
            List<Weights> priors = places.stream().map(t -> prior(goal, t)).toList();
            fit.solve(new FitPlaces(curve, places, priors))
                    .forEach(fitted -> knots.forEach((name, tensors) -> tensors.add(fitted.get(name))));
            return knots;
        }

        // P(t) = (1-t) W^A + t W^B in two-layer networks, columns of W^B in slot order; in deeper ones there is no W^B
        // to
        // go to before the last leg, and P = W^A
        private Weights prior(Weights goal, double t) {
            if (!transition.isWhole()) {
                return start;
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            transition
                    .nextNames()
                    .forEach(name -> tensors.put(
                            name, Track.linear(start.get(name), goal.get(name)).at(t)));
            return Weights.of(tensors);
        }

        private CurveLeg output(Weights reached, Weights goal) {
            Map<String, Track> tracks = resting(reached);
            transition.nextNames().forEach(name -> tracks.put(name, Track.linear(reached.get(name), goal.get(name))));
            return new CurveLeg("output", tracks);
        }
    }

    private static Map<String, Track> resting(Weights weights) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        weights.asMap().forEach((name, tensor) -> tracks.put(name, Track.resting(tensor)));
        return tracks;
    }
}
