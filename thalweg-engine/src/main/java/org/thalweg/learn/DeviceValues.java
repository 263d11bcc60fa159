package org.thalweg.learn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.engine.Scope;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** The parameters of a map, or numbers of their shapes, in native memory, by name. One writer; close it when done. */
final class DeviceValues implements AutoCloseable {
    private final Map<String, DeviceTensor> tensors = new LinkedHashMap<>();

    private DeviceValues() {}

    /** Returns a copy of {@code values} in native memory, in a precision. */
    static DeviceValues of(Weights values, Precision precision) {
        DeviceValues made = new DeviceValues();
        values.asMap().forEach((name, tensor) -> made.tensors.put(name, kept(tensor, precision)));
        return made;
    }

    private static DeviceTensor kept(Tensor tensor, Precision precision) {
        try (Scope scope = Scope.open()) {
            return scope.keep(DeviceTensor.of(tensor).to(precision));
        }
    }

    DeviceTensor get(String name) {
        return Optional.ofNullable(tensors.get(name)).orElseThrow();
    }

    Map<String, DeviceTensor> asMap() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Returns a copy of the values as they are now. */
    Weights copy() {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> copies.put(name, copy(tensor)));
        return Weights.of(copies);
    }

    private static Tensor copy(DeviceTensor values) {
        try (Scope scope = Scope.open()) {
            return values.toTensor();
        }
    }

    /** Sets everything to 0. */
    void clear() {
        tensors.values().forEach(tensor -> tensor.scaleInPlace(0));
    }

    @Override
    public void close() {
        tensors.values().forEach(DeviceTensor::close);
    }
}
