package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;

/**
 * The mean loss of a mini-batch and its gradient, written out for dense layers and ReLU.
 *
 * <p>A gradient is handed on as soon as it is known, a weight's as the product that makes it, so that whoever takes it decides
 * whether it is ever stored. Per weight matrix: three products of 2·n·d·batch operations (two for the first layer).
 *
 * @param architecture the layers
 * @param parameters by PyTorch's names; biases as columns [n, 1]
 */
record Backpropagation(Architecture architecture, Map<String, DeviceTensor> parameters) {
    /** Takes the gradients of one mini-batch, each parameter's once, from the last layer to the first. */
    interface Sink {
        /** The gradient of parameter {@code name} is {@code left} times {@code right}. */
        void product(String name, DeviceTensor left, DeviceTensor right);

        /** The gradient of parameter {@code name} is {@code value}. */
        void value(String name, DeviceTensor value);
    }

    /**
     * Computes loss and gradients; {@code sink} hears nothing if the loss is NaN or infinite.
     *
     * @param inputs [d, batch]
     * @param labels [batch]
     * @return mean loss of the batch, natural log
     */
    double run(DeviceTensor inputs, int[] labels, Sink sink) {
        List<DeviceTensor> values = forward(inputs);
        DeviceTensor logits = values.get(values.size() - 1);
        Logits scoring = Logits.against(labels);
        double loss = scoring.score(logits).loss() / labels.length;
        if (Double.isFinite(loss)) {
            backward(values, scoring.residual(logits).scaleInPlace(1.0 / labels.length), sink);
        }
        return loss;
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
        return Optional.ofNullable(parameters.get(position + ".weight")).orElseThrow();
    }

    private Optional<DeviceTensor> bias(int position) {
        return Optional.ofNullable(parameters.get(position + ".bias"));
    }

    private void backward(List<DeviceTensor> values, DeviceTensor top, Sink sink) {
        DeviceTensor gradient = top;
        for (int position = architecture.layers().size() - 1; position >= 0; position--) {
            if (architecture.layers().get(position) instanceof Layer.Linear) {
                DeviceTensor above = gradient;
                if (position > 0) {
                    gradient = weight(position).transposed().times(above); // before the sink may change the weight
                }
                sink.product(position + ".weight", above, values.get(position).transposed());
                if (bias(position).isPresent()) {
                    sink.value(position + ".bias", above.sum(1));
                }
            } else {
                DeviceTensor active = values.get(position + 1);
                gradient =
                        DeviceTensor.of(torch.threshold_backward(gradient.handle(), active.handle(), new Scalar(0.0)));
            }
        }
    }
}
