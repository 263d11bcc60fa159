package org.thalweg.engine;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.thalweg.network.Architecture;

/**
 * The gradient of a mini-batch's mean loss with respect to weights that lie in native memory, for trainings in which these
 * weights are themselves computed from something else.
 *
 * @param engine whose idle threads take part
 * @param architecture what computes with the weights
 * @param gradients receives the gradients, one tensor per parameter, matrices as [n, d], biases as columns [n, 1]
 */
public record LossGradient(Engine engine, Architecture architecture, Map<String, DeviceTensor> gradients) {
    /**
     * Computes loss and gradients; the gradients keep what they were if the loss is NaN or infinite.
     *
     * @param weights parameters by PyTorch's names, those of rank 1 as columns [n, 1]
     * @param inputs [d, batch]
     * @param scoring of the batch, made in the scope of the inputs
     * @return mean loss of the batch
     */
    public double at(Map<String, DeviceTensor> weights, DeviceTensor inputs, Scoring scoring) {
        return Kernel.run("a gradient", () -> {
            try (Scope scope = Scope.open()) {
                return new Backpropagation(architecture, weights)
                        .run(
                                inputs,
                                scoring,
                                new TrainingStep(engine, new SplittableRandom(0)),
                                () -> new Stored(gradients));
            }
        });
    }

    private record Stored(Map<String, DeviceTensor> gradients) implements Backpropagation.Sink {
        @Override
        public void product(Rows rows, DeviceTensor left, DeviceTensor right) {
            of(rows).blendProduct(0, left, right);
        }

        @Override
        public void value(Rows rows, DeviceTensor value) {
            of(rows).copyFrom(value);
        }

        private DeviceTensor of(Rows rows) {
            return rows.of(Optional.ofNullable(gradients.get(rows.name())).orElseThrow());
        }
    }
}
