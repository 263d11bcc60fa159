package org.thalweg.connect;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Weights;
import org.thalweg.path.Track;

/**
 * Places of a leg at which a {@link LayerFit} fits its layer.
 *
 * @param tracks how the layers below the fitted one move, from the lowest that does on; others may be among them
 * @param places values of s
 * @param priors P at each place, the fitted layer's tensors
 */
record FitPlaces(Map<String, Track> tracks, List<Double> places, List<Weights> priors) implements Serializable {
    FitPlaces {
        tracks = Map.copyOf(tracks);
        places = List.copyOf(places);
        priors = List.copyOf(priors);
    }

    /** Returns the places {@code from} … {@code to}−1. */
    FitPlaces some(int from, int to) {
        return new FitPlaces(tracks, places.subList(from, to), priors.subList(from, to));
    }
}
