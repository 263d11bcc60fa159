package org.thalweg.connect;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.thalweg.data.Examples;
import org.thalweg.engine.Blocks;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * Measures batch norm's statistics anew: each norm's buffers become mean and variance of what it gets from the training
 * examples, norm by norm from the input, so that a later one sees what earlier ones now make. All examples count once, as
 * they are; sums in float64 and in the order of blocks. A forward pass below each norm.
 *
 * @param engine where to compute
 * @param architecture the layers
 * @param train the examples
 */
record BatchNormStatistics(Engine engine, Architecture architecture, Examples train) {
    private static final int BLOCK = 64; // examples; 64 of VGG16 on 32x32 take 16 MB per layer

    /** Sums of what one norm gets, and of its squares, per channel. */
    private record Sums(Vector sum, Vector squares, long count) {
        Sums plus(Sums other) {
            return new Sums(sum.plus(1, other.sum), squares.plus(1, other.squares), count + other.count);
        }

        double mean(int channel) {
            return sum.get(channel) / count;
        }

        /** Returns the unbiased variance, as in PyTorch's buffers. */
        double variance(int channel) {
            double spread = squares.get(channel) - sum.get(channel) * mean(channel);
            return Math.max(0, spread) / Math.max(1, count - 1);
        }
    }

    /** Returns {@code weights} with new statistics in the norms among layers {@code from} … {@code to}−1. */
    Weights measured(Weights weights, int from, int to) {
        Weights measured = weights;
        for (int position = from; position < to; position++) {
            if (architecture.layers().get(position) instanceof Layer.BatchNorm) {
                measured = replaced(measured, position, sums(measured, position));
            }
        }
        return measured;
    }

    private Sums sums(Weights weights, int position) {
        DeviceNetwork below = DeviceNetwork.load(0, position, architecture, weights);
        int blocks = (train.count() + BLOCK - 1) / BLOCK;
        List<Sums> parts = engine.inOrder(blocks, b -> {
            int last = Math.min(train.count(), (b + 1) * BLOCK);
            DeviceTensor inputs = Blocks.inputs(train, b * BLOCK, last, weights.precision());
            DeviceTensor values = below.run(0, position, inputs);
            boolean images = architecture.shapeBefore(position).rank() == 3;
            DeviceTensor rows = (images ? values.channelRows() : values).to(Precision.FLOAT64); // [c, n]
            return new Sums(
                    Vector.owning(rows.sum(1).toDoubles()),
                    Vector.owning(rows.squared().sum(1).toDoubles()),
                    rows.extent(1));
        });
        return parts.stream().reduce(Sums::plus).orElseThrow();
    }

    private Weights replaced(Weights weights, int position, Sums sums) {
        String prefix = architecture.name(position) + ".";
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        tensors.computeIfPresent(prefix + Layer.BatchNorm.MEAN, (name, old) -> filled(old, sums::mean));
        tensors.computeIfPresent(prefix + Layer.BatchNorm.VARIANCE, (name, old) -> filled(old, sums::variance));
        return Weights.of(tensors);
    }

    private static Tensor filled(Tensor old, IntToDoubleFunction value) {
        double[] values = new double[old.shape().elements()];
        Arrays.setAll(values, value);
        return Tensor.rounded(old.shape(), values, old.precision());
    }
}
