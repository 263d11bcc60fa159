package org.thalweg.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Track;

/**
 * Neighbouring layers of a network that move along curves, ready for forward passes at several places of a leg.
 *
 * <p>The lowest is a layer W x + b, computed once per control ({@link AffineLayer}); those above it are computed once per place.
 * Memory: the lowest layer's controls, and the others' weights for every place. Belongs to the scope it was made in; reading by
 * several threads is safe.
 */
public final class MovingNetwork {
    private final AffineLayer lowest;
    private final int next; // position of the layer above it
    private final int to;
    private final List<Double> places;
    private final List<DeviceNetwork> above = new ArrayList<>(); // per place

    /** Receives what the layers make of a block at one place; it is freed when this returns. */
    public interface Receiver {
        void take(int place, DeviceTensor values);
    }

    /**
     * Copies the weights to native memory.
     *
     * @param lowest the lowest of the layers
     * @param to position of the layer above the highest
     * @param tracks of these layers' tensors
     * @param places values of s
     */
    public MovingNetwork(
            Affine lowest, int to, Architecture architecture, Map<String, Track> tracks, List<Double> places) {
        this.lowest = new AffineLayer(lowest, tracks);
        this.next = lowest.position() + 1;
        this.to = to;
        this.places = List.copyOf(places);
        for (double s : places) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (int position = next; position < to; position++) {
                architecture
                        .tensors(position)
                        .keySet()
                        .forEach(name -> tensors.put(name, track(tracks, name).at(s)));
            }
            above.add(DeviceNetwork.load(next, to, architecture, Weights.of(tensors)));
        }
    }

    private static Track track(Map<String, Track> tracks, String name) {
        return Optional.ofNullable(tracks.get(name)).orElseThrow();
    }

    /** Returns what the lowest layer's controls make of what the layers below made of a block. */
    public AffineLayer.Terms terms(DeviceTensor x) {
        return lowest.terms(x);
    }

    /** Hands on what the layers make of a block, place by place. */
    public void run(AffineLayer.Terms terms, Receiver receiver) {
        DeviceTensor values = terms.buffer();
        for (int place = 0; place < places.size(); place++) {
            try (Scope scope = Scope.open()) {
                terms.at(places.get(place), values);
                receiver.take(place, above.get(place).runInPlace(next, to, values));
            }
        }
    }
}
