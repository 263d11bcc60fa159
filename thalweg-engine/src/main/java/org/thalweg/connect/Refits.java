package org.thalweg.connect;

import java.util.List;
import java.util.function.Function;
import org.thalweg.data.Examples;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.Engine;
import org.thalweg.engine.Scope;
import org.thalweg.network.Architecture;
import org.thalweg.network.Architecture.Affine;
import org.thalweg.network.Network;
import org.thalweg.network.Weights;

/**
 * Refits of a network's output layer at points of a path: each has features of its own, which the layers below the output
 * layer make there, however many they are.
 *
 * @param engine where to compute
 * @param architecture the layers
 * @param layer the output layer
 * @param fold the examples that are fitted
 * @param settings loss and certificate
 */
record Refits(Engine engine, Architecture architecture, LayerMatrix layer, Fold fold, ConvexSettings settings) {
    /** Returns refits of the output layer of networks like {@code network}. */
    static Refits of(Network network, Examples train, ConnectContext context) {
        List<Affine> affine = network.architecture().affine();
        LayerMatrix output =
                new LayerMatrix(affine.get(affine.size() - 1), network.weights().precision());
        return new Refits(
                context.engine(),
                network.architecture(),
                output,
                Fold.all(train),
                context.settings().convex().on(train.loss()));
    }

    /** Returns these refits on other examples. */
    Refits on(Fold other) {
        return new Refits(engine, architecture, layer, other, settings);
    }

    /**
     * Computes the features at a point and hands on what a refit there minimises, which lives as long as {@code work} runs.
     *
     * @param point weights of all layers below the output layer
     * @param lambda λ
     */
    <T> T at(Weights point, double lambda, Function<RefitObjective, T> work) {
        try (Scope scope = Scope.open()) {
            DeviceNetwork below = DeviceNetwork.load(0, position(), architecture, point);
            FeatureBlocks features = new FeatureBlocks(
                    engine,
                    layer,
                    fold.count(),
                    (from, to) -> below.run(0, position(), fold.inputs(from, to, layer.precision())),
                    engine.cacheBytes());
            return work.apply(new RefitObjective(features, fold, layer, settings.loss(), lambda));
        }
    }

    private int position() {
        return layer.layer().position();
    }

    /** Returns {@code weights} with the output layer taken from {@code output}. */
    Weights replaced(Weights weights, Weights output) {
        return Transition.replaced(weights, layer.names(), output);
    }

    /** Returns the refit of an objective, begun at {@code start}. */
    ConvexFit.Refit refit(RefitObjective objective, Weights start) {
        return new ConvexFit(engine, objective, settings.certificate() * fold.lossUnit()).from(start);
    }
}
