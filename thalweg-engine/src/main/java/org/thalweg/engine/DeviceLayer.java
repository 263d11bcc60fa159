package org.thalweg.engine;

import java.util.Optional;

/**
 * One layer of a network with its weights in native memory.
 *
 * <p>Values are columns [features, N], or images [N, channels, height, width] with channels last in memory, which the
 * convolutions' kernels read fastest. Reading by several threads is safe.
 */
interface DeviceLayer {
    /** Returns what the layer makes of {@code x} outside training; {@code x} stays as it is. */
    DeviceTensor forward(DeviceTensor x);

    /** Returns the same; {@code x} may be overwritten. */
    default DeviceTensor forwardInPlace(DeviceTensor x) {
        return forward(x);
    }

    /**
     * Runs the layer as in training.
     *
     * @param x may be overwritten if the layer does not need it for the gradient
     * @param step the layer's threads, and where it draws from if it is random in training
     */
    Pass train(DeviceTensor x, TrainingStep step);

    /** What a layer made of a mini-batch, and how a gradient goes back through it. */
    record Pass(DeviceTensor output, Backward backward) {}

    /** The way back through a layer. */
    interface Backward {
        /**
         * Finds the gradient of the layer's input, then hands those of its parameters to {@code sink}, which may change them.
         *
         * @param above gradient of the layer's output, which may be overwritten
         * @param wanted whether the gradient of the input is wanted
         * @return the gradient of the input; empty if it is not wanted
         */
        Optional<DeviceTensor> run(DeviceTensor above, boolean wanted, Backpropagation.Sink sink);
    }
}
