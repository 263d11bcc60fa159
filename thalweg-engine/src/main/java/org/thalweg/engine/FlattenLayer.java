package org.thalweg.engine;

import java.util.Optional;
import org.thalweg.network.Shape;

/**
 * Images as columns, channel by channel.
 *
 * @param shape of one example's image
 */
record FlattenLayer(Shape shape) implements DeviceLayer {
    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return shape.rank() == 3 ? x.columns() : x;
    }

    @Override
    public Pass train(DeviceTensor x, TrainingStep step) {
        return new Pass(
                forward(x), (above, wanted, sink) -> Optional.of(shape.rank() == 3 ? above.images(shape) : above));
    }
}
