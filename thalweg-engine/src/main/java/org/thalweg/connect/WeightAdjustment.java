package org.thalweg.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.engine.Scope;
import org.thalweg.network.Network;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Leg;
import org.thalweg.path.Path;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.Track;

/**
 * Weight adjustment (Anokhin and Yarotsky 2020): the hidden layer follows another method's curve, and at knots along it the
 * output layer is fitted anew by least squares so that A's outputs on the training examples are kept; between knots it runs
 * straight. Then a leg that moves the output layer alone reaches B's, on which the loss is convex, and for OT the
 * re-ordering leg. Knot 0 is A's own output layer. Cost: (knots − 1) solves of {@link OutputFit}.
 */
record WeightAdjustment(NeuronConnector base) implements Connector {
    @Override
    public Path connect(Network a, Network b, ConnectContext context) {
        Movement movement = base.move(a, b, context);
        TwoLayer layers = TwoLayer.of(a, b, name());
        Map<String, List<Tensor>> knots = knots(a, movement, layers, context);
        Map<String, Track> curve = new LinkedHashMap<>(movement.tracks());
        Map<String, Track> output = new LinkedHashMap<>();
        movement.target().asMap().forEach((name, tensor) -> output.put(name, Track.resting(tensor)));
        knots.forEach((name, fitted) -> {
            curve.put(name, new Track(new PolygonalChain(fitted.size()), fitted));
            Tensor last = fitted.get(fitted.size() - 1);
            output.put(name, Track.linear(last, movement.target().get(name)));
        });
        List<Leg> legs = List.of(new CurveLeg("curve", curve), new CurveLeg("output", output));
        return NeuronPath.path(a, b, name(), movement, legs);
    }

    private String name() {
        return base.name() + "+wa";
    }

    /** Returns the output layer's weight and bias at the knots. */
    private Map<String, List<Tensor>> knots(Network a, Movement movement, TwoLayer layers, ConnectContext context) {
        int count = context.settings().knots();
        Map<String, List<Tensor>> knots = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(List.of(layers.output().weight()));
        if (layers.output().layer().bias()) {
            names.add(layers.output().bias());
        }
        names.forEach(
                name -> knots.put(name, new ArrayList<>(List.of(a.weights().get(name)))));
        try (Scope scope = Scope.open()) {
            OutputFit fit = OutputFit.toOutputsOf(
                    a,
                    layers,
                    context.engine(),
                    context.trainFor("method '" + name() + "'"),
                    context.settings().ridge());
            for (int k = 1; k < count; k++) {
                double t = (double) k / (count - 1);
                Weights point = at(movement.tracks(), t);
                Weights prior = priorAt(a.weights(), movement.target(), names, t);
                fit.solve(point, prior)
                        .asMap()
                        .forEach((name, tensor) -> Optional.ofNullable(knots.get(name))
                                .orElseThrow()
                                .add(tensor));
            }
        }
        return knots;
    }

    private static Weights at(Map<String, Track> tracks, double t) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tracks.forEach((name, track) -> tensors.put(name, track.at(t)));
        return Weights.of(tensors);
    }

    // P(t) = (1-t) W^A + t W^B, columns of W^B in slot order
    private static Weights priorAt(Weights a, Weights target, List<String> names, double t) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        names.forEach(name ->
                tensors.put(name, Track.linear(a.get(name), target.get(name)).at(t)));
        return Weights.of(tensors);
    }
}
