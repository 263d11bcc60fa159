package org.thalweg.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Network;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.path.ArcCurve;
import org.thalweg.path.Track;

/**
 * ψ(t) = μ + cos(πt/2)(θᴬ−μ) + sin(πt/2)(θᴮ−μ), neuron by neuron, μ the mean over all 2n neurons of A and B: keeps mean and
 * covariance of the neurons (Anokhin and Yarotsky 2020). The output bias, which is no neuron, moves linearly. O(weights).
 */
final class ArcConnector implements NeuronConnector {
    @Override
    public String name() {
        return "arc";
    }

    @Override
    public Movement move(Network a, Network b, ConnectContext context) {
        TwoLayer layers = TwoLayer.of(a, b, name());
        Map<String, Track> tracks = new LinkedHashMap<>(LinearConnector.straight(a.weights(), b.weights()));
        for (UnitGroup.Slice slice : layers.units().slices()) {
            Tensor start = a.weights().get(slice.tensor());
            Tensor end = b.weights().get(slice.tensor());
            Tensor mean = mean(start, end, slice.dimension());
            tracks.put(slice.tensor(), new Track(ArcCurve.ARC, List.of(start, end, mean)));
        }
        return new Movement(tracks, b.weights(), Optional.empty(), Optional.empty());
    }

    /** Returns the mean over the slices of both tensors along {@code units}, whose extent becomes 1. */
    private static Tensor mean(Tensor a, Tensor b, int units) {
        Shape shape = a.shape();
        int inner = shape.stride(units);
        int extent = shape.extent(units);
        double[] sum = new double[shape.elements() / extent];
        for (int i = 0; i < shape.elements(); i++) {
            int outer = i / (extent * inner);
            sum[outer * inner + i % inner] += a.get(i) + b.get(i);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= 2.0 * extent;
        }
        return Tensor.rounded(shape.with(units, 1), sum, a.precision());
    }
}
