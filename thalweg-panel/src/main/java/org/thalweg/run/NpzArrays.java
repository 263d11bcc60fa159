package org.thalweg.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.checkpoint.AtomicFile;
import org.thalweg.checkpoint.npz.NpzWriter;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/** Arrays of float64 by name, in order, for files that scripts of other programs read. One thread. */
final class NpzArrays {
    private final Map<String, Tensor> arrays = new LinkedHashMap<>();

    void scalar(String name, double value) {
        arrays.put(name, Tensor.owning(Shape.of(), new double[] {value}));
    }

    void vector(String name, List<Double> values) {
        put(name, values, values.size());
    }

    /** Adds an array whose values are given in row-major order. */
    void put(String name, List<Double> values, int... extents) {
        arrays.put(
                name,
                Tensor.owning(
                        Shape.of(extents),
                        values.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    Map<String, Tensor> arrays() {
        return arrays;
    }

    void write(Path file) throws IOException {
        AtomicFile.write(file, out -> NpzWriter.write(arrays, out));
    }
}
