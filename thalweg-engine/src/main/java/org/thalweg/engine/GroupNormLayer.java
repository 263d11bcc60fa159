package org.thalweg.engine;

import java.util.Optional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Group norm with PyTorch's constants; the same in training and after.
 *
 * @param name the layer's name
 * @param groups number of groups of channels
 * @param weight [n, 1]
 * @param bias [n, 1]
 */
record GroupNormLayer(String name, int groups, DeviceTensor weight, DeviceTensor bias) implements DeviceLayer {
    private static final double EPSILON = 1e-5;

    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return DeviceTensor.of(normalised(examplesFirst(x)).get0()).turned();
    }

    private T_TensorTensorTensor_T normalised(DeviceTensor x) {
        return torch.native_group_norm(
                x.handle(), flat(weight), flat(bias), x.extent(0), x.extent(1), plane(x), groups, EPSILON);
    }

    /** Returns columns as rows, row by row in memory, which this kernel insists on. */
    private static DeviceTensor examplesFirst(DeviceTensor x) {
        return x.rank() == 2 ? x.transposed().copied() : x;
    }

    private static int plane(DeviceTensor x) {
        return x.elements() / (x.extent(0) * x.extent(1));
    }

    private static TensorOptional flat(DeviceTensor column) {
        return new TensorOptional(column.view(-1).handle());
    }

    @Override
    public Pass train(DeviceTensor x, TrainingStep step) {
        DeviceTensor turned = examplesFirst(x);
        T_TensorTensorTensor_T outputs = normalised(turned);
        return new Pass(DeviceTensor.of(outputs.get0()).turned(), (above, wanted, sink) -> {
            T_TensorTensorTensor_T gradients = torch.native_group_norm_backward(
                    examplesFirst(above).handle(),
                    turned.handle(),
                    outputs.get1(),
                    outputs.get2(),
                    flat(weight),
                    turned.extent(0),
                    turned.extent(1),
                    plane(turned),
                    groups,
                    KernelArguments.wanted(true, true, true));
            sink.value(
                    Rows.all(name + ".weight", weight),
                    DeviceTensor.of(gradients.get1()).view(-1, 1));
            sink.value(
                    Rows.all(name + ".bias", bias),
                    DeviceTensor.of(gradients.get2()).view(-1, 1));
            return Optional.of(DeviceTensor.of(gradients.get0()).turned());
        });
    }
}
