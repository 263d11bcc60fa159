package org.thalweg.learn;

import java.util.Map;
import java.util.Optional;
import org.thalweg.engine.DeviceTensor;

/** Takes the gradients of a map's parameters and adds them up. */
interface Gradients {
    /** Forgets every gradient. */
    Gradients NONE = new Gradients() {
        @Override
        public void product(String name, DeviceTensor left, DeviceTensor right) {}

        @Override
        public void value(String name, DeviceTensor value) {}
    };

    /** The gradient of parameter {@code name} grows by {@code left} times {@code right}. */
    void product(String name, DeviceTensor left, DeviceTensor right);

    /** The gradient of parameter {@code name} grows by {@code value}. */
    void value(String name, DeviceTensor value);

    /** Returns a sink that adds to these tensors in place. */
    static Gradients into(Map<String, DeviceTensor> sums) {
        return new Gradients() {
            @Override
            public void product(String name, DeviceTensor left, DeviceTensor right) {
                sum(name).blendProduct(1, left, right);
            }

            @Override
            public void value(String name, DeviceTensor value) {
                sum(name).addInPlace(value, 1);
            }

            private DeviceTensor sum(String name) {
                return Optional.ofNullable(sums.get(name)).orElseThrow();
            }
        };
    }
}
