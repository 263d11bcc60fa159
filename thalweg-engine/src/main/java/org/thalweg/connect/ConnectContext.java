package org.thalweg.connect;

import java.util.Optional;
import org.thalweg.data.Examples;
import org.thalweg.data.Seed;
import org.thalweg.engine.Engine;
import org.thalweg.network.Architecture;

/**
 * What a connector may use besides the two networks.
 *
 * @param engine where it computes
 * @param train the training examples; needed by weight adjustment, activations as ground cost and trained curves
 * @param settings settings of the methods
 * @param seed from which the randomness of trained curves comes
 * @param checkpoints where a training keeps how far it has come
 * @param elsewhere takes the sums over training examples that adjustments need on other machines; empty: here
 */
public record ConnectContext(
        Engine engine,
        Optional<Examples> train,
        ConnectSettings settings,
        Seed seed,
        Checkpoints checkpoints,
        Optional<ExampleSums> elsewhere) {
    /** Creates a context that takes all sums here. */
    public ConnectContext(
            Engine engine, Optional<Examples> train, ConnectSettings settings, Seed seed, Checkpoints checkpoints) {
        this(engine, train, settings, seed, checkpoints, Optional.empty());
    }

    /** Creates a context with seed 0 that keeps no checkpoints. */
    public ConnectContext(Engine engine, Optional<Examples> train, ConnectSettings settings) {
        this(engine, train, settings, new Seed(0), Checkpoints.NONE);
    }

    /**
     * Returns the training examples.
     *
     * @throws IllegalArgumentException if there are none, naming {@code what} needs them
     */
    Examples trainFor(String what) {
        return train.orElseThrow(
                () -> new IllegalArgumentException(what + " needs training examples; name a data set."));
    }

    /**
     * Returns the training examples, which fit a network.
     *
     * @throws IllegalArgumentException if there are none, naming {@code what} needs them
     * @throws org.thalweg.network.MismatchException if they have other features than the network's inputs, or more classes than its outputs
     */
    Examples trainFor(String what, Architecture architecture) {
        Examples examples = trainFor(what);
        Alike.requireFits(architecture, examples);
        return examples;
    }
}
