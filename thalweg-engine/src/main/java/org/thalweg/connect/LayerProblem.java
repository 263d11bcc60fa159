package org.thalweg.connect;

import java.io.Serializable;
import org.thalweg.engine.DeviceTensor;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

/**
 * What {@link LayerFit} fits, the examples aside.
 *
 * @param sample the layer that is fitted, and to which columns of all examples
 * @param from position of the lowest layer that differs between the fits, at most the layer's
 * @param architecture of the networks
 * @param resting weights of the layers below {@code from}
 * @param a weights of the network whose pre-activations of the layer are kept
 */
record LayerProblem(ColumnSample sample, int from, Architecture architecture, Weights resting, Weights a)
        implements Serializable {
    /** Returns the layer that is fitted. */
    Affine layer() {
        return sample.layer();
    }

    /** Returns the layer as a matrix. */
    LayerMatrix matrix() {
        return new LayerMatrix(layer(), a.precision());
    }

    /** Returns a layer's tensors in native memory, [units, d+1], in {@link #products}. */
    DeviceTensor joined(Weights weights) {
        LayerMatrix matrix = matrix();
        return DeviceTensor.of(matrix.joined(weights), matrix.units(), matrix.columns())
                .to(products());
    }

    /** Returns the precision in which features are multiplied. */
    Precision products() {
        return sample.products(matrix());
    }
}
