package org.thalweg.connect;

import java.util.List;
import org.thalweg.data.Examples;
import org.thalweg.network.Network;
import org.thalweg.network.Weights;

/**
 * Refits the output layers of networks to the labels of the training examples, the convex solve of {@link ConvexAdjustment}:
 * the layers below stay as they are. Cost per network: a forward pass and some passes over what the output layer reads.
 */
public final class OutputRefit {
    private final Refits refits;
    private final double lambda;

    private OutputRefit(Refits refits, double lambda) {
        this.refits = refits;
        this.lambda = lambda;
    }

    /**
     * Prepares refits with one λ, chosen for {@code networks} as the context's settings say.
     *
     * @throws IllegalArgumentException if the context has no training examples, or they do not fit
     */
    public static OutputRefit of(List<Network> networks, ConnectContext context) {
        Network first = networks.get(0);
        Examples train = context.trainFor("a refit of output layers", first.architecture());
        Refits refits = Refits.of(first, train, context);
        return new OutputRefit(
                refits, LambdaChoice.of(context.settings().convex().lambda(), networks, refits));
    }

    /** Returns λ. */
    public double lambda() {
        return lambda;
    }

    /**
     * Returns the network with its output layer refitted.
     *
     * @throws NoConvergenceException if rounding keeps the solve from its certificate
     */
    public Network refitted(Network network) {
        return refits.engine().alone(() -> {
            Weights output = refits.at(
                            network.weights(), lambda, objective -> refits.refit(objective, network.weights()))
                    .output();
            return new Network(
                    network.architecture(), refits.replaced(network.weights(), output), network.provenance());
        });
    }
}
