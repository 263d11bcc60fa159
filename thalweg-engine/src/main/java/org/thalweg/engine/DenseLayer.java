package org.thalweg.engine;

import java.util.List;
import java.util.Optional;

/**
 * W x + b on columns. A weight's gradient is handed on as the product that makes it, tile by tile of W's rows. Per weight
 * matrix: three products of 2·n·d·batch operations (two for the first layer).
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
    public Pass train(DeviceTensor x, TrainingStep step) {
        List<Rows> tiles = Rows.covering(name + ".weight", weight);
        DeviceTensor out = DeviceTensor.empty(x.precision(), weight.extent(0), x.extent(1));
        step.each(tiles.size(), i -> {
            Rows rows = tiles.get(i);
            rows.of(out).setProduct(rows.of(weight), x, bias.map(rows::of));
        });
        return new Pass(out, (above, wanted, sink) -> {
            Optional<DeviceTensor> below = wanted ? Optional.of(below(above, step)) : Optional.empty();
            step.each(tiles.size(), i -> {
                Rows rows = tiles.get(i);
                sink.product(rows, rows.of(above), x.transposed());
            });
            bias.ifPresent(b -> sink.value(Rows.all(name + ".bias", b), above.sum(1)));
            return below;
        });
    }

    /** Returns Wᵀ times {@code above}, [d, n] x [n, batch]. */
    private DeviceTensor below(DeviceTensor above, TrainingStep step) {
        DeviceTensor turned = weight.transposed();
        List<Rows> tiles = Rows.covering(name, turned);
        DeviceTensor out = DeviceTensor.empty(above.precision(), turned.extent(0), above.extent(1));
        step.each(tiles.size(), i -> {
            Rows rows = tiles.get(i);
            rows.of(out).setProduct(rows.of(turned), above, Optional.empty());
        });
        return out;
    }
}
