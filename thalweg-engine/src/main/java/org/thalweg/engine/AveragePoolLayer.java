package org.thalweg.engine;

import java.util.Optional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.network.Window;

/** The mean of each window, zeros of the padding counted. */
record AveragePoolLayer(Window window) implements DeviceLayer {
    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return DeviceTensor.of(torch.avg_pool2d(
                x.handle(),
                KernelArguments.both(window.size()),
                KernelArguments.both(window.stride()),
                KernelArguments.both(window.padding()),
                false,
                true,
                new LongOptional()));
    }

    @Override
    public Pass train(DeviceTensor x, TrainingStep step) {
        return new Pass(
                forward(x),
                (above, wanted, sink) -> Optional.of(DeviceTensor.of(torch.avg_pool2d_backward(
                        above.handle(),
                        x.handle(),
                        KernelArguments.both(window.size()),
                        KernelArguments.both(window.stride()),
                        KernelArguments.both(window.padding()),
                        false,
                        true,
                        new LongOptional()))));
    }
}
