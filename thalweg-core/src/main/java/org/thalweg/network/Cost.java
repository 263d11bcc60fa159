package org.thalweg.network;

/**
 * What layers cost, counted from the architecture.
 *
 * @param values numbers that are stored: parameters, and batch norm's statistics
 * @param multiplyAdds multiply-adds of the layers W x + b for one example; activations, pools, norms and biases are not counted
 */
public record Cost(long values, long multiplyAdds) {
    /** Returns what layers {@code from} … {@code to}−1 cost. */
    public static Cost of(Architecture architecture, int from, int to) {
        Cost sum = new Cost(0, 0);
        for (int position = from; position < to; position++) {
            Layer layer = architecture.layers().get(position);
            long values = 0;
            for (Shape shape : layer.parameters().values()) {
                values += shape.elements();
            }
            for (Shape shape : layer.buffers().values()) {
                values += shape.elements();
            }
            sum = sum.plus(new Cost(values, multiplyAdds(architecture, position, layer)));
        }
        return sum;
    }

    private static long multiplyAdds(Architecture architecture, int position, Layer layer) {
        if (!(layer instanceof Layer.Affine affine)) {
            return 0;
        }
        long places = architecture.shapeBefore(position + 1).elements() / affine.outputs(); // of a convolution's window
        return places * affine.weight().elements();
    }

    /** Returns the sums. */
    public Cost plus(Cost other) {
        return new Cost(values + other.values, multiplyAdds + other.multiplyAdds);
    }

    /** Returns {@code count} times this. */
    public Cost times(int count) {
        return new Cost(count * values, count * multiplyAdds);
    }

    /** Returns the bytes of what is stored. */
    public long bytes(Precision precision) {
        return values * precision.bytes();
    }
}
