package org.thalweg.connect;

import java.util.LinkedHashMap;
import java.util.Map;
import org.thalweg.network.Network;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.Track;

/**
 * ψ(t) = (1−t) θᴬ + t θᴮ for every weight: keeps the mean of the neurons, not their covariance. Moves all layers at once,
 * whatever the architecture. O(weights).
 */
final class LinearConnector implements NeuronConnector {
    @Override
    public String name() {
        return "linear";
    }

    @Override
    public Movement move(Network a, Network b, ConnectContext context) {
        Alike.of(a, b);
        return new Movement(straight(a.weights(), b.weights()), b.weights());
    }

    @Override
    public Movement move(Transition transition, Weights start, Weights end, ConnectContext context) {
        return new Movement(straight(start, end), end);
    }

    /** Returns straight tracks; a tensor that is the same at both ends rests. */
    static Map<String, Track> straight(Weights start, Weights end) {
        Map<String, Track> tracks = new LinkedHashMap<>();
        start.asMap().forEach((name, tensor) -> {
            Tensor other = end.get(name);
            tracks.put(name, tensor.equals(other) ? Track.resting(tensor) : Track.linear(tensor, other));
        });
        return tracks;
    }
}
