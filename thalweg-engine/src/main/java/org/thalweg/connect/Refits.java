package org.thalweg.connect;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.thalweg.data.Examples;
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
 * @param train the training examples
 * @param kind those of them that are fitted
 * @param settings loss and certificate
 * @param elsewhere takes the sums over examples on other machines; empty: here
 */
record Refits(
        Engine engine,
        Architecture architecture,
        LayerMatrix layer,
        Examples train,
        Fold.Kind kind,
        ConvexSettings settings,
        Optional<ExampleSums> elsewhere) {
    /**
     * Where sums are taken elsewhere, so many examples, evenly spread, are looked at here for the curvature: it decides how many
     * steps a refit takes, not its certificate.
     */
    private static final int CURVED = 16_384;

    /** Returns refits of the output layer of networks like {@code network}. */
    static Refits of(Network network, Examples train, ConnectContext context) {
        List<Affine> affine = network.architecture().affine();
        LayerMatrix output =
                new LayerMatrix(affine.get(affine.size() - 1), network.weights().precision());
        return new Refits(
                context.engine(),
                network.architecture(),
                output,
                train,
                Fold.Kind.ALL,
                context.settings().convex(),
                context.elsewhere());
    }

    /** Returns what refits minimise. */
    RefitLoss loss() {
        return settings.lossOn(train.loss());
    }

    /** Returns these refits on other examples. */
    Refits on(Fold.Kind other) {
        return new Refits(engine, architecture, layer, train, other, settings, elsewhere);
    }

    /**
     * Hands on what a refit at a point minimises, which lives as long as {@code work} runs.
     *
     * @param weights of all layers below the output layer
     * @param lambda λ
     */
    <T> T at(Weights weights, double lambda, Function<RefitObjective, T> work) {
        RefitPoint point = new RefitPoint(architecture, weights, layer, loss());
        try (Scope scope = Scope.open()) {
            return work.apply(elsewhere
                    .map(sums -> there(sums, point, lambda))
                    .orElseGet(() -> new RefitObjective(point.sums(engine, fold()), lambda)));
        }
    }

    private RefitObjective there(ExampleSums sums, RefitPoint point, double lambda) {
        Fold fold = fold();
        return new RefitObjective(
                new PartialRefitSums(sums, point, kind, fold.count()),
                () -> point.sums(engine, fold.spread(CURVED)),
                layer,
                loss(),
                lambda);
    }

    private Fold fold() {
        return Fold.of(kind, train);
    }

    /** Returns {@code weights} with the output layer taken from {@code output}. */
    Weights replaced(Weights weights, Weights output) {
        return Transition.replaced(weights, layer.names(), output);
    }

    /** Returns the refit of an objective, begun at {@code start}. */
    ConvexFit.Refit refit(RefitObjective objective, Weights start) {
        return new ConvexFit(engine, objective, settings.certificate() * fold().lossUnit()).from(start);
    }
}
