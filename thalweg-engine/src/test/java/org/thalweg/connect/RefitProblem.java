package org.thalweg.connect;

import java.util.function.Function;
import org.thalweg.data.Examples;
import org.thalweg.engine.DeviceNetwork;
import org.thalweg.engine.Engine;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Weights;

/** A refit of a small network's output layer to examples. */
record RefitProblem(Network network, Examples examples, RefitLoss loss, double lambda) {
    LayerMatrix layer() {
        return new LayerMatrix(
                network.architecture()
                        .affine()
                        .get(network.architecture().affine().size() - 1),
                network.weights().precision());
    }

    RefitProblem withLambda(double other) {
        return new RefitProblem(network, examples, loss, other);
    }

    Weights start() {
        return network.weights();
    }

    /** Returns what {@code work} finds about the problem's objective. */
    <T> T on(Engine engine, long bound, Function<RefitObjective, T> work) {
        return engine.alone(() -> {
            Fold fold = Fold.of(Fold.Kind.ALL, examples);
            DeviceNetwork below = DeviceNetwork.load(network.architecture(), network.weights());
            Precision precision = layer().precision();
            FeatureBlocks features = new FeatureBlocks(
                    engine,
                    layer(),
                    fold.count(),
                    (from, to) -> below.run(0, layer().layer().position(), fold.inputs(from, to, precision)),
                    bound);
            return work.apply(new RefitObjective(new FeatureSums(features, fold, layer(), loss), lambda));
        });
    }

    ConvexFit.Refit refit(Engine engine, double tolerance, Weights from) {
        return on(engine, Long.MAX_VALUE, objective -> new ConvexFit(engine, objective, tolerance).from(from));
    }

    double objective(Engine engine, Weights output) {
        return on(
                engine,
                Long.MAX_VALUE,
                objective -> objective.at(objective.joined(output)).value());
    }
}
