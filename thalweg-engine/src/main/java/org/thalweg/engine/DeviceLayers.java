package org.thalweg.engine;

import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Shape;

/** Puts layers and their weights together: the one place that knows which kernels compute which layer. */
final class DeviceLayers {
    private DeviceLayers() {}

    /**
     * Returns layer {@code position} of an architecture.
     *
     * @param tensors weights and buffers by PyTorch's names, those of rank 1 as columns [n, 1]
     */
    static DeviceLayer of(Architecture architecture, int position, Map<String, DeviceTensor> tensors) {
        Layer layer = architecture.layers().get(position);
        Named named = new Named(architecture.name(position), tensors);
        if (layer instanceof Layer.Linear) {
            return new DenseLayer(named.prefix, named.get("weight"), named.find("bias"));
        }
        if (layer instanceof Layer.Convolution convolution) {
            return new ConvolutionLayer(named.prefix, convolution.window(), named.get("weight"), named.find("bias"));
        }
        if (layer instanceof Layer.BatchNorm) {
            return new BatchNormLayer(
                    named.prefix,
                    named.get("weight"),
                    named.get("bias"),
                    named.get(Layer.BatchNorm.MEAN),
                    named.get(Layer.BatchNorm.VARIANCE));
        }
        if (layer instanceof Layer.GroupNorm norm) {
            return new GroupNormLayer(named.prefix, norm.groups(), named.get("weight"), named.get("bias"));
        }
        return withoutWeights(layer, architecture.shapeBefore(position));
    }

    private static DeviceLayer withoutWeights(Layer layer, Shape input) {
        if (layer instanceof Layer.MaxPool pool) {
            return new MaxPoolLayer(pool.window());
        }
        if (layer instanceof Layer.AveragePool pool) {
            return new AveragePoolLayer(pool.window());
        }
        if (layer instanceof Layer.Dropout dropout) {
            return new DropoutLayer(dropout.probability());
        }
        return layer instanceof Layer.Flatten ? new FlattenLayer(input) : new ReluLayer();
    }

    /** The tensors of one layer by their names within it. */
    private record Named(String prefix, Map<String, DeviceTensor> tensors) {
        Optional<DeviceTensor> find(String name) {
            return Optional.ofNullable(tensors.get(prefix + "." + name));
        }

        DeviceTensor get(String name) {
            return find(name)
                    .orElseThrow(() -> new IllegalArgumentException("no tensor '" + prefix + "." + name + "'."));
        }
    }
}
