package org.thalweg.connect;

import java.util.List;
import java.util.OptionalDouble;
import org.thalweg.network.Network;
import org.thalweg.network.Weights;
import org.thalweg.train.Recipe;

/** Chooses λ for the networks that a path joins or a merge is made of. */
final class LambdaChoice {
    /** Where a network does not say with which weight decay it was trained, or had none. */
    static final double UNKNOWN = 1e-4;

    /** What is tried on held-out examples, from stiff to soft: each refit starts at the one before. */
    private static final List<Double> TRIED = List.of(1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5);

    private LambdaChoice() {}

    /** Returns λ as {@code lambda} says: the number, the networks' own, or the best on held-out examples. */
    static double of(Lambda lambda, List<Network> networks, Refits refits) {
        OptionalDouble value = lambda.value();
        if (value.isPresent()) {
            return value.getAsDouble();
        }
        return lambda.equals(Lambda.OWN) ? own(networks) : heldOut(networks, refits);
    }

    /** Returns the largest weight decay of the networks. */
    static double own(List<Network> networks) {
        return networks.stream()
                .flatMap(network -> network.provenance().fact("recipe").stream())
                .mapToDouble(recipe -> Recipe.weightDecayIn(recipe).orElse(0))
                .filter(decay -> decay > 0)
                .max()
                .orElse(UNKNOWN);
    }

    /** Returns the λ with the least loss on every sixth example, summed over the networks, when fitted to the others. */
    private static double heldOut(List<Network> networks, Refits refits) {
        if (refits.train().count() < Fold.STRIDE) {
            throw new IllegalArgumentException("lambda on held-out examples needs at least " + Fold.STRIDE
                    + " training examples, got " + refits.train().count() + "; name a number.");
        }
        double[] losses = new double[TRIED.size()];
        for (Network end : networks) {
            double[] own = heldOutLosses(end.weights(), refits);
            for (int i = 0; i < losses.length; i++) {
                losses[i] += own[i];
            }
        }
        int best = 0;
        for (int i = 1; i < losses.length; i++) {
            best = losses[i] < losses[best] ? i : best;
        }
        return TRIED.get(best);
    }

    private static double[] heldOutLosses(Weights end, Refits refits) {
        double[] losses = new double[TRIED.size()];
        Refits kept = refits.on(Fold.Kind.KEPT);
        Refits heldOut = refits.on(Fold.Kind.HELD_OUT);
        return kept.at(
                end,
                UNKNOWN,
                fitted -> heldOut.at(end, UNKNOWN, judged -> {
                    Weights start = end;
                    for (int i = 0; i < losses.length; i++) {
                        start = kept.refit(fitted.withLambda(TRIED.get(i)), start)
                                .output();
                        losses[i] = judged.level(judged.joined(start)).loss();
                    }
                    return losses;
                }));
    }
}
