package org.thalweg.engine;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/**
 * max(x, 0). In training it works in place, there and back: no layer below needs its own output for the gradient, and memory
 * that was just written is still in the cache. Outside training too, where nothing else reads its input.
 */
record ReluLayer() implements DeviceLayer {
    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return x.relu();
    }

    @Override
    public DeviceTensor forwardInPlace(DeviceTensor x) {
        return x.reluInPlace();
    }

    @Override
    public Pass train(DeviceTensor x, TrainingStep step) {
        DeviceTensor active = x.reluInPlace();
        return new Pass(active, (above, wanted, sink) -> {
            torch.threshold_backward_out(above.handle(), above.handle(), active.handle(), new Scalar(0.0));
            return Optional.of(above);
        });
    }
}
