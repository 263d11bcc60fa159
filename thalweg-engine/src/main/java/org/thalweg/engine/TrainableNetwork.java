package org.thalweg.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * A network in native memory that takes steps of stochastic gradient descent with momentum. One thread; close it when done.
 *
 * <p>Gradients are written out for dense layers and ReLU and go straight into the velocities: the product that makes a
 * weight's gradient adds it to m·v, so that no gradient is stored. Per step and weight matrix: three products of
 * 2·n·d·batch operations (two for the first layer) and two passes over weight and velocity.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final Architecture architecture;
    private final Map<String, DeviceTensor> parameters = new LinkedHashMap<>();
    private final Map<String, DeviceTensor> velocities = new LinkedHashMap<>();

    /**
     * Copies weights and velocities to native memory.
     *
     * @param velocities of the same names and shapes; zeros at the start of a training
     */
    public TrainableNetwork(Architecture architecture, Weights weights, Weights velocities) {
        this.architecture = architecture;
        weights.asMap().forEach((name, tensor) -> {
            parameters.put(name, kept(tensor));
            this.velocities.put(name, kept(velocities.get(name)));
        });
    }

    private static DeviceTensor kept(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            DeviceTensor copy = DeviceTensor.of(tensor);
            int rows = copy.extent(0);
            return scope.keep(tensor.shape().rank() == 1 ? copy.view(rows, 1) : copy); // biases as columns
        }
    }

    /**
     * Takes one step on a mini-batch: g = ∂(mean loss)/∂w + λ w, v ← m v + g, w ← w − rate · v (PyTorch's convention).
     *
     * @param inputs [d, batch]
     * @param labels [batch]
     * @return mean loss of the batch before the step, natural log; NaN or infinite if the training has diverged
     */
    public double step(DeviceTensor inputs, int[] labels, double rate, double momentum, double weightDecay) {
        return Kernel.run("a training step", () -> {
            try (Scope scope = Scope.open()) {
                List<DeviceTensor> values = forward(inputs);
                DeviceTensor logits = values.get(values.size() - 1);
                double loss = Logits.against(labels).score(logits).loss() / labels.length;
                if (Double.isFinite(loss)) {
                    backward(values, gradient(logits, labels), momentum);
                    descend(rate, weightDecay);
                }
                return loss;
            }
        });
    }

    /** Returns the input and what each layer made of it. */
    private List<DeviceTensor> forward(DeviceTensor inputs) {
        List<DeviceTensor> values = new ArrayList<>();
        values.add(inputs);
        for (int position = 0; position < architecture.layers().size(); position++) {
            DeviceTensor below = values.get(position);
            values.add(
                    architecture.layers().get(position) instanceof Layer.Linear
                            ? DeviceNetwork.dense(weight(position), bias(position), below)
                            : below.reluInPlace()); // what was below zero is not needed again
        }
        return values;
    }

    private DeviceTensor weight(int position) {
        return parameter(position + ".weight");
    }

    private DeviceTensor parameter(String name) {
        return Optional.ofNullable(parameters.get(name)).orElseThrow();
    }

    private DeviceTensor velocity(String name) {
        return Optional.ofNullable(velocities.get(name)).orElseThrow();
    }

    private Optional<DeviceTensor> bias(int position) {
        return Optional.ofNullable(parameters.get(position + ".bias"));
    }

    // d(mean cross-entropy)/dz = (softmax(z) - onehot(y)) / batch
    private static DeviceTensor gradient(DeviceTensor logits, int[] labels) {
        DeviceTensor gradient = DeviceTensor.of(torch.softmax(logits.handle(), 0));
        DeviceTensor index = DeviceTensor.labels(labels).view(1, labels.length);
        gradient.handle().scatter_(0, index.handle(), new Scalar(-1.0), "add");
        return gradient.scaleInPlace(1.0 / labels.length);
    }

    private void backward(List<DeviceTensor> values, DeviceTensor top, double momentum) {
        DeviceTensor gradient = top;
        for (int position = architecture.layers().size() - 1; position >= 0; position--) {
            if (architecture.layers().get(position) instanceof Layer.Linear) {
                DeviceTensor below = values.get(position);
                DeviceTensor above = gradient;
                velocity(position + ".weight").blendProduct(momentum, above, below.transposed());
                if (bias(position).isPresent()) {
                    velocity(position + ".bias").scaleInPlace(momentum).addInPlace(above.sum(1), 1);
                }
                if (position > 0) {
                    gradient = weight(position).transposed().times(above);
                }
            } else {
                DeviceTensor active = values.get(position + 1);
                gradient =
                        DeviceTensor.of(torch.threshold_backward(gradient.handle(), active.handle(), new Scalar(0.0)));
            }
        }
    }

    private void descend(double rate, double weightDecay) {
        parameters.forEach((name, parameter) -> {
            DeviceTensor velocity = velocity(name);
            velocity.addInPlace(parameter, weightDecay);
            parameter.addInPlace(velocity, -rate);
        });
    }

    /** Returns a copy of the weights as they are now. */
    public Weights weights() {
        return copy(parameters);
    }

    /** Returns a copy of the velocities as they are now. */
    public Weights velocities() {
        return copy(velocities);
    }

    private Weights copy(Map<String, DeviceTensor> tensors) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        architecture.parameters().forEach((name, shape) -> {
            try (Scope scope = Scope.open()) {
                Tensor values =
                        Optional.ofNullable(tensors.get(name)).orElseThrow().toTensor();
                copies.put(name, Tensor.owning(shape, values.toFloats()));
            }
        });
        return Weights.of(copies);
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        parameters.values().forEach(DeviceTensor::close);
        velocities.values().forEach(DeviceTensor::close);
    }
}
