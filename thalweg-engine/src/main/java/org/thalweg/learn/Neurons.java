package org.thalweg.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Dense;
import org.thalweg.network.Layer;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * The neurons of a two-layer network as columns: bias, incoming weights, outgoing weights, [1 + d + c, n], the first row only
 * where the hidden layer has biases. The output bias is no neuron and moves linearly.
 *
 * @param architecture dense, ReLU, dense
 */
record Neurons(Architecture architecture) {
    Neurons {
        if (!architecture.equals(new Architecture(architecture.layers()))
                || architecture.layers().size() != 3
                || !(architecture.layers().get(1) instanceof Layer.Relu)
                || architecture.dense().size() != 2) {
            throw new MismatchException(
                    "learned maps move the neurons of a two-layer network, linear relu linear, not of "
                            + architecture.text() + ".");
        }
    }

    private Dense hidden() {
        return architecture.dense().get(0);
    }

    private Dense output() {
        return architecture.dense().get(1);
    }

    /** Returns n. */
    int count() {
        return hidden().layer().outputs();
    }

    /** Returns the coordinates of a neuron. */
    int dimension() {
        return bias() + hidden().layer().inputs() + output().layer().outputs();
    }

    private int bias() {
        return hidden().layer().bias() ? 1 : 0;
    }

    private List<String> tensors() {
        List<String> names = new ArrayList<>();
        if (bias() == 1) {
            names.add(hidden().bias());
        }
        names.add(hidden().weight());
        names.add(output().weight());
        return names;
    }

    /** Returns the neurons of weights, [dimension, n], row-major. */
    double[] of(Weights weights) {
        int n = count();
        double[] columns = new double[dimension() * n];
        int row = 0;
        for (String name : tensors()) {
            Tensor tensor = weights.get(name);
            int rows = tensor.shape().elements() / n;
            boolean byUnit = !name.equals(output().weight()); // [n, d], else [c, n]
            for (int i = 0; i < rows; i++) {
                for (int unit = 0; unit < n; unit++) {
                    columns[(row + i) * n + unit] = tensor.get(byUnit ? unit * rows + i : i * n + unit);
                }
            }
            row += rows;
        }
        return columns;
    }

    /** Returns the neurons of weights in native memory, [dimension, n], in their precision. */
    DeviceTensor on(Weights weights, Precision precision) {
        return DeviceTensor.of(of(weights), dimension(), count()).to(precision);
    }

    /** Returns {@code like} with these neurons, [dimension, n] row-major, rounded to its precision. */
    Weights with(double[] columns, Weights like) {
        int n = count();
        Map<String, Tensor> tensors = new LinkedHashMap<>(like.asMap());
        int row = 0;
        for (String name : tensors()) {
            Shape shape = like.get(name).shape();
            int rows = shape.elements() / n;
            boolean byUnit = !name.equals(output().weight());
            double[] values = new double[shape.elements()];
            for (int i = 0; i < rows; i++) {
                for (int unit = 0; unit < n; unit++) {
                    values[byUnit ? unit * rows + i : i * n + unit] = columns[(row + i) * n + unit];
                }
            }
            tensors.put(name, Tensor.rounded(shape, values, like.get(name).precision()));
            row += rows;
        }
        return Weights.of(tensors);
    }

    /** Returns the network's parameters as views of columns in native memory, and its output bias, if it has one. */
    Map<String, DeviceTensor> parameters(DeviceTensor columns, DeviceTensor outputBias) {
        Map<String, DeviceTensor> parameters = new LinkedHashMap<>();
        int row = 0;
        for (String name : tensors()) {
            int rows = name.equals(output().weight())
                    ? output().layer().outputs()
                    : (name.equals(hidden().weight()) ? hidden().layer().inputs() : 1);
            DeviceTensor view = columns.narrow(0, row, rows);
            parameters.put(name, name.equals(output().weight()) ? view : view.transposed());
            row += rows;
        }
        if (output().layer().bias()) {
            parameters.put(output().bias(), outputBias);
        }
        return parameters;
    }

    /** Returns the output bias of weights as a column [c, 1]; zeros if there is none. */
    DeviceTensor outputBias(Weights weights, Precision precision) {
        int c = output().layer().outputs();
        return output().layer().bias()
                ? DeviceTensor.of(weights.get(output().bias()).toDoubles(), c, 1)
                        .to(precision)
                : DeviceTensor.zeros(precision, c, 1);
    }

    /** Returns {@code weights} with the output bias at t on the straight line from a's to b's. */
    Weights withOutputBias(Weights weights, Weights a, Weights b, double t) {
        if (!output().layer().bias()) {
            return weights;
        }
        Tensor start = a.get(output().bias());
        Tensor end = b.get(output().bias());
        double[] values = new double[start.shape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (1 - t) * start.get(i) + t * end.get(i);
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        tensors.put(output().bias(), Tensor.rounded(start.shape(), values, start.precision()));
        return Weights.of(tensors);
    }
}
