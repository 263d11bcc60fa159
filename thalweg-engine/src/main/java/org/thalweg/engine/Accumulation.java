package org.thalweg.engine;

import java.util.function.Consumer;

/**
 * Takes gradients as t ← factor · t + gradient, in place: the product that makes a weight's gradient adds it to t, so that no
 * gradient is stored.
 *
 * @param target t, a tensor per parameter
 * @param factor what stays of t: the momentum where t is a velocity, the weight decay where t is the weights themselves
 * @param next steps the rows that t now has the gradient of, while they are in cache; on the thread that took it
 */
record Accumulation(Parameters target, double factor, Consumer<Rows> next) implements Backpropagation.Sink {
    @Override
    public void product(Rows rows, DeviceTensor left, DeviceTensor right) {
        rows.of(target).blendProduct(factor, left, right);
        next.accept(rows);
    }

    @Override
    public void value(Rows rows, DeviceTensor value) {
        rows.of(target).scaleInPlace(factor).addInPlace(value, 1);
        next.accept(rows);
    }
}
