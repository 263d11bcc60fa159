package org.thalweg.learn;

import org.thalweg.engine.DeviceTensor;

/** One invertible layer of a map, on columns [D, N]; each column is mapped by itself. */
sealed interface MapLayer permits Coupling, Autoregression {
    /** Maps weights towards noise. */
    Passage forward(DeviceTensor x);

    /**
     * Maps noise towards weights: the inverse of {@link #forward}.
     *
     * @param guess where an iteration begins; decides how long it takes, not where it ends
     */
    Passage inverse(DeviceTensor z, DeviceTensor guess);

    /**
     * What a layer made of columns, and how a gradient goes back through it.
     *
     * @param output [D, N]
     * @param logDeterminant log |det ∂output/∂input| of each column, [1, N]
     */
    record Passage(DeviceTensor output, DeviceTensor logDeterminant, Back back) {}

    /** The way back. */
    interface Back {
        /**
         * Hands the gradients of parameters to {@code sink} and returns that of the input.
         *
         * @param above gradient of the output, [D, N]
         * @param ofLogDeterminant gradient of each column's log determinant
         */
        DeviceTensor run(DeviceTensor above, double ofLogDeterminant, Gradients sink);
    }
}
