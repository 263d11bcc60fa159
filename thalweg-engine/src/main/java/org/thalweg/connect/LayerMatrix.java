package org.thalweg.connect;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * A layer seen as one matrix W = [w b], [units, d+1], row-major: a row is a unit, its kernel unrolled; without a bias
 * [units, d].
 *
 * @param layer the layer
 * @param precision of its weights
 */
record LayerMatrix(Affine layer, Precision precision) implements Serializable {
    /** Returns the number of rows. */
    int units() {
        return layer.layer().outputs();
    }

    /** Returns d: what one unit reads, bias aside. */
    int inputs() {
        return layer.layer().weight().elements() / units();
    }

    private boolean hasBias() {
        return layer.layer().bias();
    }

    /** Returns the number of columns: d+1, or d without a bias. */
    int columns() {
        return inputs() + (hasBias() ? 1 : 0);
    }

    /** Returns the names of its tensors. */
    List<String> names() {
        return hasBias() ? List.of(layer.weight(), layer.bias()) : List.of(layer.weight());
    }

    /** Returns W. */
    double[] joined(Weights weights) {
        Tensor weight = weights.get(layer.weight());
        double[] joined = new double[units() * columns()];
        for (int unit = 0; unit < units(); unit++) {
            for (int i = 0; i < inputs(); i++) {
                joined[unit * columns() + i] = weight.get(unit * inputs() + i);
            }
            if (hasBias()) {
                joined[unit * columns() + inputs()] = weights.get(layer.bias()).get(unit);
            }
        }
        return joined;
    }

    /** Returns the tensors of W, rounded to the layer's precision. */
    Weights split(double[] joined) {
        double[] weight = new double[units() * inputs()];
        double[] bias = new double[units()];
        for (int unit = 0; unit < units(); unit++) {
            System.arraycopy(joined, unit * columns(), weight, unit * inputs(), inputs());
            bias[unit] = joined[(unit + 1) * columns() - 1];
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(layer.weight(), Tensor.rounded(layer.layer().weight(), weight, precision));
        if (hasBias()) {
            tensors.put(layer.bias(), Tensor.rounded(Shape.of(units()), bias, precision));
        }
        return Weights.of(tensors);
    }
}
