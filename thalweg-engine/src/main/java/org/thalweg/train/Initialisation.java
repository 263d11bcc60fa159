package org.thalweg.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.data.Seed;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * The weights that a training begins with, each tensor drawn from a child of the seed by its name.
 *
 * <p>Dense layers: PyTorch's default, uniform in ±1/√inputs for weights and biases. Convolutions: normal with variance
 * 2/(size² · filters), biases 0, as in the published VGG. Norms: scale 1, shift 0, mean 0, variance 1.
 *
 * @param architecture whose weights
 * @param seed where all draws come from
 */
record Initialisation(Architecture architecture, Seed seed) {
    Weights weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (int position = 0; position < architecture.layers().size(); position++) {
            Layer layer = architecture.layers().get(position);
            String prefix = architecture.name(position) + ".";
            layer.parameters().forEach((name, shape) -> weights.put(prefix + name, drawn(layer, prefix + name, shape)));
            layer.buffers()
                    .forEach((name, shape) ->
                            weights.put(prefix + name, filled(shape, name.equals(Layer.BatchNorm.VARIANCE) ? 1 : 0)));
        }
        return Weights.of(weights);
    }

    private Tensor drawn(Layer layer, String name, Shape shape) {
        SplittableRandom random = seed.child("init/" + name).random();
        if (layer instanceof Layer.Linear linear) {
            return uniform(shape, 1 / Math.sqrt(linear.inputs()), random);
        }
        if (layer instanceof Layer.Convolution convolution && shape.rank() == 4) {
            int size = convolution.window().size();
            return normal(shape, Math.sqrt(2.0 / (size * size * convolution.outputs())), random);
        }
        return filled(shape, layer instanceof Layer.Norm && name.endsWith(".weight") ? 1 : 0);
    }

    private static Tensor uniform(Shape shape, double bound, SplittableRandom random) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return Tensor.owning(shape, values);
    }

    // x = sqrt(-2 ln u) cos(2 pi v), u in (0, 1] (Box and Muller 1958), by StrictMath: the same bits on every machine.
    private static Tensor normal(Shape shape, double deviation, SplittableRandom random) {
        float[] values = new float[shape.elements()];
        for (int i = 0; i < values.length; i++) {
            double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            values[i] = (float) (deviation * radius * StrictMath.cos(2 * Math.PI * random.nextDouble()));
        }
        return Tensor.owning(shape, values);
    }

    private static Tensor filled(Shape shape, float value) {
        float[] values = new float[shape.elements()];
        Arrays.fill(values, value);
        return Tensor.owning(shape, values);
    }
}
