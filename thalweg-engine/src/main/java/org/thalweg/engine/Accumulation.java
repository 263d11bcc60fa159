package org.thalweg.engine;

/**
 * Takes gradients as t ← factor · t + gradient, in place: the product that makes a weight's gradient adds it to t, so that no
 * gradient is stored.
 *
 * @param target t, a tensor per parameter
 * @param factor what stays of t: the momentum where t is a velocity, the weight decay where t is the weights themselves
 */
record Accumulation(Parameters target, double factor) implements Backpropagation.Sink {
    @Override
    public void product(String name, DeviceTensor left, DeviceTensor right) {
        target.get(name).blendProduct(factor, left, right);
    }

    @Override
    public void value(String name, DeviceTensor value) {
        target.get(name).scaleInPlace(factor).addInPlace(value, 1);
    }
}
