package org.thalweg.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * The parameters and buffers of a network in native memory, by PyTorch's names, as {@link DeviceNetwork#load(Tensor)} makes
 * them. Close it when done.
 */
final class Parameters implements AutoCloseable {
    private final Map<String, DeviceTensor> tensors = new LinkedHashMap<>();

    /** Copies {@code weights} to native memory. */
    Parameters(Weights weights) {
        weights.asMap().forEach((name, tensor) -> tensors.put(name, kept(tensor)));
    }

    private static DeviceTensor kept(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            return scope.keep(DeviceNetwork.load(tensor));
        }
    }

    DeviceTensor get(String name) {
        return Optional.ofNullable(tensors.get(name)).orElseThrow();
    }

    /** Returns all of them, in order; the map cannot be changed, the numbers can. */
    Map<String, DeviceTensor> asMap() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Returns a copy of the values as they are now, as weights of this architecture. */
    Weights copy(Architecture architecture) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        architecture.tensors().forEach((name, shape) -> {
            if (tensors.containsKey(name)) { // velocities have no buffers
                copies.put(name, copy(get(name), shape));
            }
        });
        return Weights.of(copies);
    }

    private static Tensor copy(DeviceTensor values, Shape shape) {
        try (Scope scope = Scope.open()) {
            Tensor copy = values.toTensor();
            return copy.precision() == Precision.FLOAT32
                    ? Tensor.owning(shape, copy.toFloats())
                    : Tensor.owning(shape, copy.toDoubles());
        }
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        tensors.values().forEach(DeviceTensor::close);
    }
}
