package org.thalweg.engine;

import java.util.Optional;
import java.util.SplittableRandom;

/**
 * W x + b on columns. A weight's gradient is handed on as the product that makes it. Per weight matrix: three products of
 * 2·n·d·batch operations (two for the first layer).
 *
 * @param name the layer's name
 * @param weight [n, d]
 * @param bias [n, 1]
 */
record DenseLayer(String name, DeviceTensor weight, Optional<DeviceTensor> bias) implements DeviceLayer {
    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return affine(weight, bias, x);
    }

    /** Returns W x + b, [n, d] x [d, N] -> [n, N]. */
    static DeviceTensor affine(DeviceTensor weight, Optional<DeviceTensor> bias, DeviceTensor x) {
        return bias.isPresent() ? bias.get().plusProduct(weight, x) : weight.times(x);
    }

    @Override
    public Pass train(DeviceTensor x, SplittableRandom noise) {
        return new Pass(forward(x), (above, wanted, sink) -> {
            Optional<DeviceTensor> below = wanted
                    ? Optional.of(weight.transposed().times(above)) // before the sink may change the weight
                    : Optional.empty();
            sink.product(name + ".weight", above, x.transposed());
            if (bias.isPresent()) {
                sink.value(name + ".bias", above.sum(1));
            }
            return below;
        });
    }
}
