package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.network.Window;

/**
 * A convolution by libtorch's kernels, forward and backward. In training the mini-batch goes through it in shards of a fixed
 * number of examples; the gradients of its parameters are sums over them.
 *
 * @param name the layer's name
 * @param window what a filter sees
 * @param weight [n, channels, size, size], channels last in memory
 * @param bias [n, 1]
 */
record ConvolutionLayer(String name, Window window, DeviceTensor weight, Optional<DeviceTensor> bias)
        implements DeviceLayer {
    private static final int SHARD = 64;

    /**
     * Multiply-adds for each number that a shard copies to where the others' are, at least. One thread pays for the copies too:
     * where 16 channels make 16 by windows of 3, which is 72, division took an epoch 8 % longer, and from 200 on 3 % or more.
     */
    private static final int LEAST_WORK = 280;

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
    public Pass train(DeviceTensor x, TrainingStep step) {
        int shards = shards(x);
        if (shards == 1) {
            return new Pass(forward(x), (above, wanted, sink) -> {
                Gradients gradients = gradients(x, above, wanted);
                handOn(List.of(gradients), step, sink);
                return gradients.input();
            });
        }
        DeviceTensor out = DeviceTensor.emptyImages(
                x.precision(),
                x.extent(0),
                weight.extent(0),
                window.positions(x.extent(2)),
                window.positions(x.extent(3)));
        step.each(shards, s -> shard(out, s).copyFrom(forward(shard(x, s))));
        return new Pass(out, (above, wanted, sink) -> backward(x, above, wanted, step, sink));
    }

    /** Shards of the mini-batch: one, unless each has enough to do. */
    private int shards(DeviceTensor x) {
        long positions = (long) window.positions(x.extent(2)) * window.positions(x.extent(3));
        long values = weight.extent(0) * positions + (long) x.extent(1) * x.extent(2) * x.extent(3); // of an example
        long copies = SHARD * values + 2L * weight.elements(); // gradients of weights are copied and added
        boolean heavy = SHARD * positions * weight.elements() >= LEAST_WORK * copies;
        return heavy ? (x.extent(0) + SHARD - 1) / SHARD : 1;
    }

    private static DeviceTensor shard(DeviceTensor images, int index) {
        int from = index * SHARD;
        return images.narrow(0, from, Math.min(SHARD, images.extent(0) - from));
    }

    private Optional<DeviceTensor> backward(
            DeviceTensor x, DeviceTensor above, boolean wanted, TrainingStep step, Backpropagation.Sink sink) {
        Optional<DeviceTensor> below = wanted
                ? Optional.of(
                        DeviceTensor.emptyImages(x.precision(), x.extent(0), x.extent(1), x.extent(2), x.extent(3)))
                : Optional.empty();
        List<Gradients> parts = new ArrayList<>();
        for (int s = 0; s < shards(x); s++) {
            parts.add(emptyGradients());
        }
        step.each(parts.size(), s -> {
            Gradients found = gradients(shard(x, s), shard(above, s), wanted);
            parts.get(s).weight().copyFrom(found.weight());
            parts.get(s).bias().ifPresent(b -> b.copyFrom(found.bias().orElseThrow()));
            below.ifPresent(b -> shard(b, s).copyFrom(found.input().orElseThrow()));
        });
        handOn(parts, step, sink);
        return below;
    }

    /** Gradients of the parameters, shaped as these, and of the input if it is wanted. */
    private record Gradients(DeviceTensor weight, Optional<DeviceTensor> bias, Optional<DeviceTensor> input) {}

    private Gradients emptyGradients() {
        return new Gradients(
                DeviceTensor.emptyImages(
                        weight.precision(), weight.extent(0), weight.extent(1), weight.extent(2), weight.extent(3)),
                bias.map(b -> DeviceTensor.empty(b.precision(), b.extent(0), 1)),
                Optional.empty());
    }

    private Gradients gradients(DeviceTensor x, DeviceTensor above, boolean wanted) {
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
        return new Gradients(
                DeviceTensor.of(gradients.get1()),
                bias.map(b -> DeviceTensor.of(gradients.get2()).view(-1, 1)),
                wanted ? Optional.of(DeviceTensor.of(gradients.get0())) : Optional.empty());
    }

    /** Hands on the sums of the shards' gradients, in the shards' order. */
    private void handOn(List<Gradients> parts, TrainingStep step, Backpropagation.Sink sink) {
        List<Rows> tiles = Rows.covering(name + ".weight", weight);
        step.each(tiles.size(), i -> {
            Rows rows = tiles.get(i);
            sink.value(rows, sum(parts.stream().map(part -> rows.of(part.weight()))));
        });
        bias.ifPresent(b -> sink.value(
                Rows.all(name + ".bias", b),
                sum(parts.stream().map(part -> part.bias().orElseThrow()))));
    }

    private static DeviceTensor sum(Stream<DeviceTensor> parts) {
        return parts.reduce(DeviceTensor::plus).orElseThrow();
    }
}
