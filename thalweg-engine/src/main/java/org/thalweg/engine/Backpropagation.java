package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.thalweg.network.Architecture;

/**
 * The mean loss of a mini-batch and its gradient, written out layer by layer ({@link DeviceLayer}).
 *
 * <p>A gradient is handed on as soon as it is known, a dense weight's as the product that makes it, so that whoever takes it
 * decides whether it is ever stored.
 *
 * @param architecture the layers
 * @param tensors parameters and buffers by PyTorch's names; those of rank 1 as columns [n, 1]; buffers are moved
 */
record Backpropagation(Architecture architecture, Map<String, DeviceTensor> tensors) {
    /**
     * Takes the gradients of one mini-batch, each parameter's rows once, from the last layer to the first; several threads may
     * call it at once with different rows of one parameter.
     */
    interface Sink {
        /** The gradient of these rows is {@code left} times {@code right}. */
        void product(Rows rows, DeviceTensor left, DeviceTensor right);

        /** The gradient of these rows is {@code value}. */
        void value(Rows rows, DeviceTensor value);
    }

    /**
     * Computes loss and gradients.
     *
     * @param inputs [d, batch]
     * @param scoring of the batch
     * @param sink asked for once the loss is known, and not at all if that is NaN or infinite
     * @return mean loss of the batch
     */
    double run(DeviceTensor inputs, Scoring scoring, TrainingStep step, Supplier<? extends Sink> sink) {
        List<DeviceLayer.Backward> back = new ArrayList<>();
        DeviceTensor value = DeviceNetwork.asFirstLayerTakes(inputs, architecture);
        for (int position = 0; position < architecture.layers().size(); position++) {
            DeviceLayer.Pass pass =
                    DeviceLayers.of(architecture, position, tensors).train(value, step);
            value = pass.output();
            back.add(pass.backward());
        }
        double loss = scoring.score(value).loss() / scoring.count();
        if (Double.isFinite(loss)) {
            backward(back, scoring.gradient(value).scaleInPlace(1.0 / scoring.count()), sink.get());
        }
        return loss;
    }

    private void backward(List<DeviceLayer.Backward> back, DeviceTensor top, Sink sink) {
        int first = architecture.affine().get(0).position();
        DeviceTensor gradient = top;
        for (int position = back.size() - 1; position > first; position--) {
            gradient = back.get(position).run(gradient, true, sink).orElseThrow();
        }
        back.get(first).run(gradient, false, sink);
    }
}
