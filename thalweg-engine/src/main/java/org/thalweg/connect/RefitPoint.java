package org.thalweg.connect;

import java.io.Serializable;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;
import org.thalweg.network.Weights;

/**
 * A point of a path at which the output layer is refitted, the examples aside.
 *
 * @param architecture of the networks
 * @param weights of all layers below the output layer
 * @param layer the output layer
 * @param loss which loss
 */
record RefitPoint(Architecture architecture, Weights weights, LayerMatrix layer, RefitLoss loss)
        implements Serializable {
    /** Returns the sums over the features that the layers below make of a fold, which belong to the current scope. */
    FeatureSums sums(Engine engine, Fold fold) {
        int position = layer.layer().position();
        DeviceNetwork below = DeviceNetwork.load(0, position, architecture, weights);
        FeatureBlocks features = new FeatureBlocks(
                engine,
                layer,
                fold.count(),
                (from, to) -> below.run(0, position, fold.inputs(from, to, layer.precision())),
                engine.cacheBytes());
        return new FeatureSums(features, fold, layer, loss);
    }
}
