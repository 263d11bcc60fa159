package org.thalweg.connect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Architecture.Dense;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/**
 * The last layer of a network, seen as one matrix W = [W2 b2] of shape [c, n+1], row-major; without a bias [c, n].
 *
 * @param dense the layer
 * @param precision of its weights
 */
record OutputLayer(Dense dense, Precision precision) {
    /** Returns the last layer of a network. */
    static OutputLayer of(Network network) {
        List<Dense> dense = network.architecture().dense();
        return new OutputLayer(dense.get(dense.size() - 1), network.weights().precision());
    }

    /** Returns c. */
    int classes() {
        return dense.layer().outputs();
    }

    /** Returns n. */
    int units() {
        return dense.layer().inputs();
    }

    boolean hasBias() {
        return dense.layer().bias();
    }

    /** Returns the columns of W: n+1, or n without a bias. */
    int columns() {
        return units() + (hasBias() ? 1 : 0);
    }

    /** Returns the names of its tensors. */
    List<String> names() {
        return hasBias() ? List.of(dense.weight(), dense.bias()) : List.of(dense.weight());
    }

    /** Returns W. */
    Vector joined(Weights weights) {
        Tensor weight = weights.get(dense.weight());
        double[] joined = new double[classes() * columns()];
        for (int k = 0; k < classes(); k++) {
            for (int i = 0; i < units(); i++) {
                joined[k * columns() + i] = weight.get(k * units() + i);
            }
            if (hasBias()) {
                joined[k * columns() + units()] = weights.get(dense.bias()).get(k);
            }
        }
        return Vector.owning(joined);
    }

    /** Returns the tensors of W, rounded to the layer's precision. */
    Weights split(Vector matrix) {
        double[] joined = matrix.toArray();
        double[] weight = new double[classes() * units()];
        double[] bias = new double[classes()];
        for (int k = 0; k < classes(); k++) {
            System.arraycopy(joined, k * columns(), weight, k * units(), units());
            bias[k] = joined[(k + 1) * columns() - 1];
        }
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(dense.weight(), Tensor.rounded(Shape.of(classes(), units()), weight, precision));
        if (hasBias()) {
            tensors.put(dense.bias(), Tensor.rounded(Shape.of(classes()), bias, precision));
        }
        return Weights.of(tensors);
    }

    /** Returns {@code weights} with this layer's tensors replaced by those of {@code output}. */
    Weights replaced(Weights weights, Weights output) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(weights.asMap());
        names().forEach(name -> tensors.put(name, output.get(name)));
        return Weights.of(tensors);
    }

    /** Returns the architecture's position of this layer: the layers below it make the features. */
    int position() {
        return dense.position();
    }
}
