package org.thalweg.network;

/** One layer of a plain feed-forward network, as data. The list of them is an {@link Architecture}. */
public sealed interface Layer {
    /** Returns the layer as it stands in an architecture's text, such as {@code linear(784,2000)}. */
    String text();

    /**
     * A dense layer: z = W x + b, W of shape [outputs, inputs], b of shape [outputs].
     *
     * @param inputs number of inputs, positive
     * @param outputs number of outputs, positive
     * @param bias whether there is a b
     */
    record Linear(int inputs, int outputs, boolean bias) implements Layer {
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
    }

    /** The rectifier φ(x) = max(x, 0), element by element. */
    record Relu() implements Layer {
        @Override
        public String text() {
            return "relu";
        }
    }
}
