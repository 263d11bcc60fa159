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
 * @param moving the lowest layer that differs between the fits, below the fitted one
 * @param architecture of the networks
 * @param resting weights of the layers below it
 * @param a weights of the network whose pre-activations of the layer are kept
 */
record LayerProblem(ColumnSample sample, Affine moving, Architecture architecture, Weights resting, Weights a)
        implements Serializable {
    /** Returns the layer that is fitted. */
    Affine layer() {
        return sample.layer();
    }

    /** Returns the position of the lowest layer that differs. */
    int from() {
        return moving.position();
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
