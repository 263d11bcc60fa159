package org.thalweg.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * A network whose weights lie in native memory, ready for forward passes as outside training. Belongs to the scope it was
 * loaded in; reading by several threads is safe.
 *
 * <p>Vectors are columns: inputs [d, N], hidden values [n, N], logits [classes, N]. Images between layers are
 * [N, channels, height, width]; as inputs they are columns too.
 */
public final class DeviceNetwork {
    private final Architecture architecture;
    private final List<Optional<DeviceLayer>> layers = new ArrayList<>(); // by position

    private DeviceNetwork(Architecture architecture) {
        this.architecture = architecture;
    }

    /** Copies {@code weights} to native memory, into the current scope. */
    public static DeviceNetwork load(Architecture architecture, Weights weights) {
        return load(0, architecture.layers().size(), architecture, weights);
    }

    /** Copies the weights of layers {@code from} … {@code to}−1; only these can then be run. */
    public static DeviceNetwork load(int from, int to, Architecture architecture, Weights weights) {
        DeviceNetwork network = new DeviceNetwork(architecture);
        for (int position = 0; position < architecture.layers().size(); position++) {
            network.layers.add(
                    position >= from && position < to
                            ? Optional.of(
                                    DeviceLayers.of(architecture, position, tensors(architecture, position, weights)))
                            : Optional.empty());
        }
        return network;
    }

    private static Map<String, DeviceTensor> tensors(Architecture architecture, int position, Weights weights) {
        Map<String, DeviceTensor> tensors = new HashMap<>();
        architecture.tensors(position).keySet().forEach(name -> tensors.put(name, load(weights.get(name))));
        return tensors;
    }

    /** Copies a weight to native memory as layers use it: of rank 1 as a column [n, 1], kernels with channels last. */
    public static DeviceTensor load(Tensor tensor) {
        DeviceTensor copy = DeviceTensor.of(tensor);
        return tensor.shape().rank() == 1 ? copy.view(-1, 1) : copy.channelsLast();
    }

    /**
     * Returns what layers {@code from} … {@code to}−1 make of {@code x}, which stays as it is.
     *
     * @param x inputs as columns if {@code from} is 0, else what layers below {@code from} made
     */
    public DeviceTensor run(int from, int to, DeviceTensor x) {
        return run(from, to, x, false);
    }

    /** Returns the same; {@code x} may be overwritten. */
    public DeviceTensor runInPlace(int from, int to, DeviceTensor x) {
        return run(from, to, x, true);
    }

    private DeviceTensor run(int from, int to, DeviceTensor x, boolean inPlace) {
        DeviceTensor value = from == 0 ? asFirstLayerTakes(x, architecture) : x;
        for (int position = from; position < to; position++) {
            DeviceLayer layer = layers.get(position).orElseThrow();
            value = inPlace || !value.sharesMemoryWith(x) ? layer.forwardInPlace(value) : layer.forward(value);
        }
        return value;
    }

    /** Returns inputs [d, N] as images if the architecture takes images. */
    static DeviceTensor asFirstLayerTakes(DeviceTensor inputs, Architecture architecture) {
        return architecture.input().rank() == 3 ? inputs.images(architecture.input()) : inputs;
    }

    /**
     * Returns W x + b of a dense layer or a convolution.
     *
     * @param weight as {@link #load(Tensor)} makes it
     * @param bias likewise
     * @param x what the layers below made
     */
    public static DeviceTensor affine(
            Layer.Affine layer, DeviceTensor weight, Optional<DeviceTensor> bias, DeviceTensor x) {
        return layer instanceof Layer.Convolution convolution
                ? ConvolutionLayer.affine(convolution.window(), weight, bias, x)
                : DenseLayer.affine(weight, bias, x);
    }

    /** Returns the logits of inputs [d, N] as [classes, N]. */
    public DeviceTensor logits(DeviceTensor inputs) {
        return run(0, architecture.layers().size(), inputs);
    }
}
