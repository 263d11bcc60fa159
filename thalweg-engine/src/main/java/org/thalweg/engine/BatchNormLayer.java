package org.thalweg.engine;

import java.util.Optional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.network.Layer;

/**
 * Batch norm with PyTorch's constants; training moves the buffers.
 *
 * @param name the layer's name
 * @param weight [n, 1]
 * @param bias [n, 1]
 * @param mean buffer of means [n, 1]
 * @param variance buffer of variances [n, 1]
 */
record BatchNormLayer(String name, DeviceTensor weight, DeviceTensor bias, DeviceTensor mean, DeviceTensor variance)
        implements DeviceLayer {
    private static final double MOMENTUM = 0.1;

    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return DeviceTensor.of(normalised(x.turned(), false).get0()).turned();
    }

    private T_TensorTensorTensor_T normalised(DeviceTensor x, boolean training) {
        return torch.native_batch_norm(
                x.handle(),
                flat(weight),
                flat(bias),
                flat(mean),
                flat(variance),
                training,
                MOMENTUM,
                Layer.BatchNorm.EPSILON);
    }

    private static TensorOptional flat(DeviceTensor column) {
        return new TensorOptional(column.view(-1).handle());
    }

    @Override
    public Pass train(DeviceTensor x, TrainingStep step) {
        DeviceTensor turned = x.turned();
        T_TensorTensorTensor_T outputs = normalised(turned, true);
        return new Pass(DeviceTensor.of(outputs.get0()).turned(), (above, wanted, sink) -> {
            T_TensorTensorTensor_T gradients = torch.native_batch_norm_backward(
                    above.turned().handle(),
                    turned.handle(),
                    flat(weight),
                    flat(mean),
                    flat(variance),
                    new TensorOptional(outputs.get1()),
                    new TensorOptional(outputs.get2()),
                    true,
                    Layer.BatchNorm.EPSILON,
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
