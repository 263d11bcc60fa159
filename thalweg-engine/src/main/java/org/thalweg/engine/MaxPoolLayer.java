package org.thalweg.engine;

import java.util.Optional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.network.Window;

/** The greatest value of each window. */
record MaxPoolLayer(Window window) implements DeviceLayer {
    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return DeviceTensor.of(pooled(x).get0());
    }

    private T_TensorTensor_T pooled(DeviceTensor x) {
        return torch.max_pool2d_with_indices(
                x.handle(),
                KernelArguments.both(window.size()),
                KernelArguments.both(window.stride()),
                KernelArguments.both(window.padding()),
                KernelArguments.both(1),
                false);
    }

    @Override
    public Pass train(DeviceTensor x, TrainingStep step) {
        T_TensorTensor_T pooled = pooled(x);
        DeviceTensor places = DeviceTensor.of(pooled.get1());
        return new Pass(
                DeviceTensor.of(pooled.get0()),
                (above, wanted, sink) -> Optional.of(DeviceTensor.of(torch.max_pool2d_with_indices_backward(
                        above.handle(),
                        x.handle(),
                        KernelArguments.both(window.size()),
                        KernelArguments.both(window.stride()),
                        KernelArguments.both(window.padding()),
                        KernelArguments.both(1),
                        false,
                        places.handle()))));
    }
}
