package org.thalweg.engine;

import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.network.Window;

/**
 * A convolution by libtorch's kernels, forward and backward.
 *
 * @param name the layer's name
 * @param window what a filter sees
 * @param weight [n, channels, size, size], channels last in memory
 * @param bias [n, 1]
 */
record ConvolutionLayer(String name, Window window, DeviceTensor weight, Optional<DeviceTensor> bias)
        implements DeviceLayer {
    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return affine(window, weight, bias, x);
    }

    /** Returns W * x + b, [n, c, k, k] * [N, c, h, w] -> [N, n, h', w']. */
    static DeviceTensor affine(Window window, DeviceTensor weight, Optional<DeviceTensor> bias, DeviceTensor x) {
        TensorOptional flat =
                bias.map(b -> new TensorOptional(b.view(-1).handle())).orElseGet(TensorOptional::new);
        return DeviceTensor.of(torch.convolution(
                x.handle(),
                weight.handle(),
                flat,
                KernelArguments.both(window.stride()),
                KernelArguments.both(window.padding()),
                KernelArguments.both(1), // dilation
                false, // transposed
                KernelArguments.both(0), // output padding
                1)); // groups
    }

    @Override
    public Pass train(DeviceTensor x, SplittableRandom noise) {
        return new Pass(forward(x), (above, wanted, sink) -> {
            T_TensorTensorTensor_T gradients = torch.convolution_backward(
                    above.handle(),
                    x.handle(),
                    weight.handle(),
                    new long[] {weight.extent(0)},
                    KernelArguments.both(window.stride()),
                    KernelArguments.both(window.padding()),
                    KernelArguments.both(1),
                    false,
                    KernelArguments.both(0),
                    1,
                    KernelArguments.wanted(wanted, true, bias.isPresent()));
            sink.value(name + ".weight", DeviceTensor.of(gradients.get1()));
            if (bias.isPresent()) {
                sink.value(name + ".bias", DeviceTensor.of(gradients.get2()).view(-1, 1));
            }
            return wanted ? Optional.of(DeviceTensor.of(gradients.get0())) : Optional.empty();
        });
    }
}
