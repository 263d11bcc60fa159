package org.thalweg.network;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One layer of a plain feed-forward network, as data. The list of them is an {@link Architecture}.
 *
 * <p>A layer's values are a vector [features] or images [channels, height, width] per example.
 */
public sealed interface Layer extends Serializable {
    /** Returns the layer as it stands in an architecture's text, such as {@code linear(784,2000)}. */
    String text();

    /**
     * Returns the shape of what the layer makes of values of shape {@code input}.
     *
     * @throws IllegalArgumentException if the layer cannot be applied to such values, saying what it needs
     */
    Shape output(Shape input);

    /** Returns shapes of what training changes, by PyTorch's name within the layer ({@code weight}, {@code bias}). */
    default Map<String, Shape> parameters() {
        return Map.of();
    }

    /** Returns shapes of what training measures, by PyTorch's name within the layer ({@code running_mean}, …). */
    default Map<String, Shape> buffers() {
        return Map.of();
    }

    /** A layer W x + b: its units are rows of W, [outputs, inputs, …], and b is [outputs]. */
    sealed interface Affine extends Layer {
        /** Returns the number of inputs, of channels in a convolution. */
        int inputs();

        /** Returns the number of units, of channels in a convolution. */
        int outputs();

        /** Returns whether there is a b. */
        boolean bias();

        /** Returns the shape of W. */
        Shape weight();

        @Override
        default Map<String, Shape> parameters() {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            shapes.put("weight", weight());
            if (bias()) {
                shapes.put("bias", Shape.of(outputs()));
            }
            return shapes;
        }
    }

    /**
     * A dense layer: z = W x + b, W of shape [outputs, inputs], b of shape [outputs].
     *
     * @param inputs number of inputs, positive
     * @param outputs number of outputs, positive
     * @param bias whether there is a b
     */
    record Linear(int inputs, int outputs, boolean bias) implements Affine {
        public Linear {
            if (inputs < 1 || outputs < 1) {
                throw new IllegalArgumentException(
                        "a linear layer of " + inputs + " inputs and " + outputs + " outputs; both must be positive.");
            }
        }

        @Override
        public String text() {
            return "linear(" + inputs + "," + outputs + (bias ? ")" : ",nobias)");
        }

        @Override
        public Shape weight() {
            return Shape.of(outputs, inputs);
        }

        @Override
        public Shape output(Shape input) {
            if (input.rank() != 1) {
                throw new IllegalArgumentException(
                        "layer " + text() + " needs vectors but gets images " + input + "; put a flatten before it.");
            }
            if (input.extent(0) != inputs) {
                throw new IllegalArgumentException(
                        "layer " + text() + " follows a layer of " + input.extent(0) + " outputs");
            }
            return Shape.of(outputs);
        }
    }

    /**
     * A convolution (cross-correlation, as in PyTorch): W of shape [outputs, inputs, size, size], b of shape [outputs]; a unit
     * is a filter.
     *
     * @param inputs channels of its images, positive
     * @param outputs number of filters, positive
     * @param window what a filter sees; zeros are added at the borders
     * @param bias whether there is a b
     */
    record Convolution(int inputs, int outputs, Window window, boolean bias) implements Affine {
        public Convolution {
            if (inputs < 1 || outputs < 1) {
                throw new IllegalArgumentException(
                        "a convolution of " + inputs + " channels by " + outputs + " filters; both must be positive.");
            }
        }

        @Override
        public String text() {
            return "conv(" + inputs + "," + outputs + "," + window.text(1) + (bias ? ")" : ",nobias)");
        }

        @Override
        public Shape weight() {
            return Shape.of(outputs, inputs, window.size(), window.size());
        }

        @Override
        public Shape output(Shape input) {
            Shape output = window.over(input, outputs, this);
            if (input.extent(0) != inputs) {
                throw new IllegalArgumentException(
                        "layer " + text() + " gets images of " + input.extent(0) + " channels");
            }
            return output;
        }
    }

    /** The rectifier φ(x) = max(x, 0), element by element. */
    record Relu() implements Layer {
        @Override
        public String text() {
            return "relu";
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /** The greatest value of each window, channel by channel. */
    record MaxPool(Window window) implements Layer {
        public MaxPool {
            requireHalfPadding(window, "maxpool");
        }

        @Override
        public String text() {
            return "maxpool(" + window.text(window.size()) + ")";
        }

        @Override
        public Shape output(Shape input) {
            return window.over(input, input.extent(0), this);
        }
    }

    /** The mean of each window, channel by channel, zeros of the padding counted. */
    record AveragePool(Window window) implements Layer {
        public AveragePool {
            requireHalfPadding(window, "avgpool");
        }

        @Override
        public String text() {
            return "avgpool(" + window.text(window.size()) + ")";
        }

        @Override
        public Shape output(Shape input) {
            return window.over(input, input.extent(0), this);
        }
    }

    private static void requireHalfPadding(Window window, String what) {
        if (2 * window.padding() > window.size()) {
            throw new IllegalArgumentException(what + "(" + window.text(window.size()) + ") has a padding of "
                    + window.padding() + " but at most half of its size is possible.");
        }
    }

    /** Images as vectors, channel by channel, row by row: one channel owns height·width neighbouring features. */
    record Flatten() implements Layer {
        @Override
        public String text() {
            return "flatten";
        }

        @Override
        public Shape output(Shape input) {
            return Shape.of(input.elements());
        }
    }

    /**
     * In training each value is set to 0 with probability p, others are divided by 1−p; otherwise nothing.
     *
     * @param probability p, in [0, 1)
     */
    record Dropout(double probability) implements Layer {
        public Dropout {
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException(
                        "a dropout of probability " + probability + "; it must lie in [0, 1).");
            }
        }

        @Override
        public String text() {
            return "dropout(" + probability + ")";
        }

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /** A layer that normalises values and then scales and shifts them per channel (or per feature of a vector). */
    sealed interface Norm extends Layer {
        /** Returns the number of channels. */
        int channels();

        @Override
        default Map<String, Shape> parameters() {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            shapes.put("weight", Shape.of(channels()));
            shapes.put("bias", Shape.of(channels()));
            return shapes;
        }

        @Override
        default Shape output(Shape input) {
            if (input.rank() == 0 || input.extent(0) != channels()) {
                throw new IllegalArgumentException("layer " + text() + " gets values of shape " + input);
            }
            return input;
        }
    }

    /**
     * Batch norm (Ioffe and Szegedy 2015): (x − m) / √(v + 1e-5) · weight + bias per channel. In training m and v are the
     * mini-batch's and the buffers move towards them by a tenth; otherwise they are the buffers.
     *
     * @param channels channels of its images, or length of its vectors
     */
    record BatchNorm(int channels) implements Norm {
        /** What is added to a variance before its root is taken. */
        public static final double EPSILON = 1e-5;

        /** Name of the buffer of means. */
        public static final String MEAN = "running_mean";

        /** Name of the buffer of variances. */
        public static final String VARIANCE = "running_var";

        public BatchNorm {
            if (channels < 1) {
                throw new IllegalArgumentException("a batch norm of " + channels + " channels; there must be one.");
            }
        }

        @Override
        public String text() {
            return "batchnorm(" + channels + ")";
        }

        @Override
        public Map<String, Shape> buffers() {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            shapes.put(MEAN, Shape.of(channels));
            shapes.put(VARIANCE, Shape.of(channels));
            return shapes;
        }
    }

    /**
     * Group norm (Wu and He 2018): as batch norm, but mean and variance are those of one example's group of neighbouring
     * channels, in training and after.
     *
     * @param groups divides {@code channels}
     * @param channels channels of its images, or length of its vectors
     */
    record GroupNorm(int groups, int channels) implements Norm {
        public GroupNorm {
            if (groups < 1 || channels < 1 || channels % groups != 0) {
                throw new IllegalArgumentException("a group norm of " + groups + " groups of " + channels
                        + " channels; the groups must divide the channels.");
            }
        }

        @Override
        public String text() {
            return "groupnorm(" + groups + "," + channels + ")";
        }
    }
}
