package org.thalweg.path;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * A leg on which every tensor follows a curve of its own.
 *
 * @param name the leg's name
 * @param tracks one track per tensor of the network, in its order; unmodifiable
 */
public record CurveLeg(String name, Map<String, Track> tracks) implements Leg {
    public CurveLeg {
        tracks = Collections.unmodifiableMap(new LinkedHashMap<>(tracks));
    }

    @Override
    public Weights at(double s) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tracks.forEach((tensor, track) -> tensors.put(tensor, track.at(s)));
        return Weights.of(tensors);
    }
}
