package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Dense;
import org.thalweg.network.Layer;
import org.thalweg.network.Weights;

/**
 * A network whose weights lie in native memory, ready for forward passes. Belongs to the scope it was loaded in; reading by
 * several threads is safe.
 *
 * <p>Everything is columns: inputs [d, N], hidden values [n, N], logits [classes, N].
 */
public final class DeviceNetwork {
    private final Architecture architecture;
    private final List<Optional<DeviceTensor>> weights = new ArrayList<>(); // by position of the layer
    private final List<Optional<DeviceTensor>> biases = new ArrayList<>(); // as columns [n, 1]

    private DeviceNetwork(Architecture architecture) {
        this.architecture = architecture;
    }

    /** Copies {@code weights} to native memory, into the current scope. */
    public static DeviceNetwork load(Architecture architecture, Weights weights) {
        return loadFrom(0, architecture, weights);
    }

    /** Copies the weights of the layers from {@code first} on; only these can then be run. */
    public static DeviceNetwork loadFrom(int first, Architecture architecture, Weights weights) {
        DeviceNetwork network = new DeviceNetwork(architecture);
        for (int position = 0; position < architecture.layers().size(); position++) {
            if (position >= first && architecture.layers().get(position) instanceof Layer.Linear linear) {
                Dense dense = new Dense(position, linear);
                network.weights.add(Optional.of(DeviceTensor.of(weights.get(dense.weight()))));
                network.biases.add(
                        linear.bias()
                                ? Optional.of(DeviceTensor.of(weights.get(dense.bias()))
                                        .view(-1, 1))
                                : Optional.empty());
            } else {
                network.weights.add(Optional.empty());
                network.biases.add(Optional.empty());
            }
        }
        return network;
    }

    /** Returns what layers {@code from} … {@code to}−1 make of {@code x}, which stays as it is. */
    public DeviceTensor run(int from, int to, DeviceTensor x) {
        DeviceTensor value = x;
        for (int position = from; position < to; position++) {
            Optional<DeviceTensor> weight = weights.get(position);
            if (weight.isPresent()) {
                value = dense(weight.get(), biases.get(position), value);
            } else {
                value = value.relu();
            }
        }
        return value;
    }

    /** Returns W x + b, [n, d] x [d, N] -> [n, N]. */
    public static DeviceTensor dense(DeviceTensor weight, Optional<DeviceTensor> bias, DeviceTensor x) {
        return bias.isPresent() ? bias.get().plusProduct(weight, x) : weight.times(x);
    }

    /** Returns the logits of inputs [d, N] as [classes, N]. */
    public DeviceTensor logits(DeviceTensor inputs) {
        return run(0, architecture.layers().size(), inputs);
    }
}
