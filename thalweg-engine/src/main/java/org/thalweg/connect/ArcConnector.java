package org.thalweg.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;
import org.thalweg.path.ArcCurve;
import org.thalweg.path.Track;

/**
 * ψ(t) = μ + cos(πt/2)(θᴬ−μ) + sin(πt/2)(θᴮ−μ), neuron by neuron, μ the mean over all 2n neurons of A and B: keeps mean and
 * covariance of the neurons (Anokhin and Yarotsky 2020). The output bias, which is no neuron, moves linearly. O(weights).
 *
 * <p>Where all layers move at once, a matrix between two hidden layers belongs to the units of both, so one rule is needed: its
 * samples are the rows, with their bias and the norms behind them; those of the last layer are the columns. Batch norm's
 * statistics move linearly: the arc's coefficients can make a variance negative.
 */
final class ArcConnector implements NeuronConnector {
    @Override
    public String name() {
        return "arc";
    }

    @Override
    public Movement move(Network a, Network b, ConnectContext context) {
        Architecture architecture = Alike.of(a, b);
        Map<String, Track> tracks = new LinkedHashMap<>(LinearConnector.straight(a.weights(), b.weights()));
        List<UnitGroup> layers = architecture.hiddenUnits();
        for (UnitGroup layer : layers) {
            boolean last = layer.equals(layers.get(layers.size() - 1));
            layer.slices().stream()
                    .filter(slice -> slice.dimension() == 0 || last)
                    .filter(slice -> !architecture.buffers().containsKey(slice.tensor()))
                    .forEach(slice -> tracks.put(slice.tensor(), arc(a.weights(), b.weights(), slice)));
        }
        return new Movement(tracks, b.weights());
    }

    @Override
    public Movement move(Transition transition, Weights from, Weights to, ConnectContext context) {
        Map<String, Track> tracks = new LinkedHashMap<>(LinearConnector.straight(from, to));
        transition.units().slices().stream()
                .filter(slice -> !transition.architecture().buffers().containsKey(slice.tensor()))
                .forEach(slice -> tracks.put(slice.tensor(), arc(from, to, slice)));
        return new Movement(tracks, to);
    }

    private static Track arc(Weights a, Weights b, UnitGroup.Slice units) {
        Tensor start = a.get(units.tensor());
        Tensor end = b.get(units.tensor());
        return new Track(ArcCurve.ARC, List.of(start, end, mean(start, end, units)));
    }

    /**
     * Returns the mean over the units of both tensors. Where a unit is one slice, the extent of {@code units} becomes 1; where
     * it is a block of slices, the mean block stands in every unit's place.
     */
    private static Tensor mean(Tensor a, Tensor b, UnitGroup.Slice units) {
        Shape shape = a.shape();
        int inner = shape.stride(units.dimension()) * units.block();
        int count = shape.extent(units.dimension()) / units.block();
        double[] sum = new double[shape.elements() / count];
        for (int i = 0; i < shape.elements(); i++) {
            int outer = i / (count * inner);
            sum[outer * inner + i % inner] += a.get(i) + b.get(i);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= 2.0 * count;
        }
        if (units.block() == 1) {
            return Tensor.rounded(shape.with(units.dimension(), 1), sum, a.precision());
        }
        double[] everywhere = new double[shape.elements()];
        for (int i = 0; i < everywhere.length; i++) {
            everywhere[i] = sum[i / (count * inner) * inner + i % inner];
        }
        return Tensor.rounded(shape, everywhere, a.precision());
    }
}
