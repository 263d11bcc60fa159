package org.thalweg.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * A network in native memory that takes steps of stochastic gradient descent with momentum. One thread; close it when done.
 *
 * <p>Gradients ({@link Backpropagation}) go straight into the velocities: the product that makes a weight's gradient adds it
 * to m·v, so that no gradient is stored; one more pass over weight and velocity takes the step.
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
                double loss = new Backpropagation(architecture, parameters).run(inputs, labels, new Momentum(momentum));
                if (Double.isFinite(loss)) {
                    descend(rate, weightDecay);
                }
                return loss;
            }
        });
    }

    private DeviceTensor velocity(String name) {
        return Optional.ofNullable(velocities.get(name)).orElseThrow();
    }

    /** v ← m v + g, without storing a weight's g. */
    private final class Momentum implements Backpropagation.Sink {
        private final double momentum;

        Momentum(double momentum) {
            this.momentum = momentum;
        }

        @Override
        public void product(String name, DeviceTensor left, DeviceTensor right) {
            velocity(name).blendProduct(momentum, left, right);
        }

        @Override
        public void value(String name, DeviceTensor value) {
            velocity(name).scaleInPlace(momentum).addInPlace(value, 1);
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
