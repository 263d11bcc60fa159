package org.thalweg.engine;

import java.util.SplittableRandom;
import org.thalweg.network.Architecture;
import org.thalweg.network.Weights;

/**
 * A network in native memory that takes steps of stochastic gradient descent with momentum. One thread at a time; close it
 * when done.
 *
 * <p>Gradients ({@link Backpropagation}) go straight into the velocities: the product that makes a weight's gradient adds it
 * to m·v, so that no gradient is stored; one more pass over weight and velocity, tile by tile, takes the step. Idle threads of
 * the engine take part ({@link TrainingStep}); the bits do not depend on them.
 */
public final class TrainableNetwork implements AutoCloseable {
    private final Engine engine;
    private final Architecture architecture;
    private final Parameters parameters;
    private final Parameters velocities;

    /**
     * Copies weights and velocities to native memory.
     *
     * @param engine whose threads to use
     * @param weights parameters and buffers
     * @param velocities one per parameter, of its shape; zeros at the start of a training
     */
    public TrainableNetwork(Engine engine, Architecture architecture, Weights weights, Weights velocities) {
        this.engine = engine;
        this.architecture = architecture;
        this.parameters = new Parameters(weights);
        this.velocities = new Parameters(velocities);
    }

    /**
     * Takes one step on a mini-batch, g being the gradient of its mean loss.
     *
     * @param inputs [d, batch]
     * @param scoring of the batch, made in the scope of the inputs
     * @param noise where dropout draws its masks from
     * @return mean loss of the batch before the step; NaN or infinite, and no step, if the training has diverged
     */
    public double step(DeviceTensor inputs, Scoring scoring, Descent descent, SplittableRandom noise) {
        return Kernel.run("a training step", () -> {
            try (Scope scope = Scope.open()) {
                return new Backpropagation(architecture, parameters.asMap())
                        .run(inputs, scoring, new TrainingStep(engine, noise), () -> descent(descent));
            }
        });
    }

    /** v ← m v + g, then each row's step as soon as its v is known, while it is in cache. */
    private Accumulation descent(Descent descent) {
        return new Accumulation(velocities, descent.momentum(), rows -> {
            DeviceTensor velocity = rows.of(velocities);
            DeviceTensor parameter = rows.of(parameters);
            velocity.addInPlace(parameter, descent.weightDecay());
            parameter.addInPlace(velocity, -descent.rate());
        });
    }

    /** Returns a copy of parameters and buffers as they are now. */
    public Weights weights() {
        return parameters.copy(architecture);
    }

    /** Returns a copy of the velocities as they are now. */
    public Weights velocities() {
        return velocities.copy(architecture);
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        parameters.close();
        velocities.close();
    }
}
