package org.thalweg.engine;

import java.util.Optional;

/**
 * Sets values to 0 with probability p in training. The mask is drawn in Java, value by value, so that it is the same on every
 * machine.
 *
 * @param probability p
 */
record DropoutLayer(double probability) implements DeviceLayer {
    @Override
    public DeviceTensor forward(DeviceTensor x) {
        return x;
    }

    @Override
    public Pass train(DeviceTensor x, TrainingStep step) {
        double[] factors = new double[x.elements()];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = step.noise().nextDouble() < probability ? 0 : 1 / (1 - probability);
        }
        DeviceTensor mask = DeviceTensor.of(factors, x.shape()).to(x.precision());
        return new Pass(x.product(mask), (above, wanted, sink) -> Optional.of(above.product(mask)));
    }
}
