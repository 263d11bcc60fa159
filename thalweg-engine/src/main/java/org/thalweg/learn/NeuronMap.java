package org.thalweg.learn;

import java.util.ArrayList;
import java.util.List;
import org.thalweg.data.Seed;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.learn.MapLayer.Back;
import org.thalweg.learn.MapLayer.Passage;
import org.thalweg.network.Permutation;

/**
 * An invertible map ν of standardised neurons, columns [D, N], in native memory: layers one after another.
 *
 * <p>Multiply-adds per neuron and layer, h hidden units: RealNVP 1.5·D·h either way; IAF 3·D·h towards noise, and that times
 * the sweeps (a dozen or two) back. Gradients cost twice the pass; of the IAF inverse as much again as the inverse.
 */
final class NeuronMap {
    private final List<MapLayer> layers = new ArrayList<>();

    /**
     * Creates a map over parameters, which stay the caller's.
     *
     * @param halves from which the random halves of RealNVP come
     */
    NeuronMap(MapShape shape, DeviceValues parameters, Seed halves) {
        List<Permutation> orders = new MapParameters(shape).orders(halves);
        for (int i = 0; i < shape.layers(); i++) {
            Conditioner conditioner = new Conditioner("" + i, parameters);
            layers.add(
                    shape.kind() == MapKind.REALNVP
                            ? new Coupling(orders.get(i), conditioner, shape.bound())
                            : new Autoregression(orders.get(i), conditioner, shape.bound()));
        }
    }

    /**
     * Columns on their way to noise.
     *
     * @param states what went into each layer
     * @param passage the whole way
     */
    record Trace(List<DeviceTensor> states, Passage passage) {
        DeviceTensor noise() {
            return passage.output();
        }
    }

    /** Returns ν(x) and all on the way. */
    Trace forward(DeviceTensor x) {
        List<DeviceTensor> states = new ArrayList<>();
        List<Back> backs = new ArrayList<>();
        DeviceTensor now = x;
        DeviceTensor logDeterminant = DeviceTensor.zeros(x.precision(), 1, x.extent(1));
        for (MapLayer layer : layers) {
            states.add(now);
            Passage passage = layer.forward(now);
            logDeterminant.addInPlace(passage.logDeterminant(), 1);
            backs.add(0, passage.back());
            now = passage.output();
        }
        return new Trace(states, new Passage(now, logDeterminant, chained(backs)));
    }

    /**
     * Returns ν⁻¹(z).
     *
     * @param guesses about what each layer's input will be
     */
    Passage inverse(DeviceTensor z, List<DeviceTensor> guesses) {
        List<Back> backs = new ArrayList<>();
        DeviceTensor now = z;
        DeviceTensor logDeterminant = DeviceTensor.zeros(z.precision(), 1, z.extent(1));
        for (int i = layers.size() - 1; i >= 0; i--) {
            Passage passage = layers.get(i).inverse(now, guesses.get(i));
            logDeterminant.addInPlace(passage.logDeterminant(), 1);
            backs.add(0, passage.back());
            now = passage.output();
        }
        return new Passage(now, logDeterminant, chained(backs));
    }

    private static Back chained(List<Back> backs) {
        return (above, ofLogDeterminant, sink) -> {
            DeviceTensor now = above;
            for (Back back : backs) {
                now = back.run(now, ofLogDeterminant, sink);
            }
            return now;
        };
    }

    /** A point of the path between columns a and b, and how a gradient goes back to the map's parameters. */
    record Point(DeviceTensor columns, Back back) {}

    /** Returns ν⁻¹[cos(πt/2) ν(a) + sin(πt/2) ν(b)]; a and b are given. */
    Point between(DeviceTensor a, DeviceTensor b, double t) {
        double cos = StrictMath.cos(Math.PI * t / 2);
        double sin = StrictMath.sin(Math.PI * t / 2);
        Trace ofA = forward(a);
        Trace ofB = forward(b);
        List<DeviceTensor> guesses = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            guesses.add(blend(ofA.states().get(i), cos, ofB.states().get(i), sin));
        }
        Passage inverse = inverse(blend(ofA.noise(), cos, ofB.noise(), sin), guesses);
        return new Point(inverse.output(), (above, ofLogDeterminant, sink) -> {
            DeviceTensor ofNoise = inverse.back().run(above, 0, sink);
            ofA.passage().back().run(ofNoise.times(cos), 0, sink);
            return ofB.passage().back().run(ofNoise.times(sin), 0, sink);
        });
    }

    private static DeviceTensor blend(DeviceTensor a, double ofA, DeviceTensor b, double ofB) {
        return a.times(ofA).addInPlace(b, ofB);
    }
}
