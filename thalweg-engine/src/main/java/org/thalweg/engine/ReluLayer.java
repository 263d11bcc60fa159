package org.thalweg.engine;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;

/** max(x, 0). In training it works in place: no layer below needs its own output for the gradient. */
record ReluLayer() implements DeviceLayer {
    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return x.relu();
    }

    @Override
    public Pass train(DeviceTensor x, SplittableRandom noise) {
        DeviceTensor active = x.reluInPlace();
        return new Pass(
                active,
                (above, wanted, sink) -> Optional.of(
                        DeviceTensor.of(torch.threshold_backward(above.handle(), active.handle(), new Scalar(0.0)))));
    }
}
