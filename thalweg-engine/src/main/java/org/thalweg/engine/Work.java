package org.thalweg.engine;

/**
 * What a piece of work is going to take.
 *
 * @param layers multiply-adds within layers, forward and backward
 * @param products multiply-adds of products and factors of large matrices, which run faster
 * @param bytes native memory at most at once
 * @param recomputes whether something that is needed several times does not fit into memory and is computed again
 */
public record Work(double layers, double products, double bytes, boolean recomputes) {
    /** Nothing to compute. */
    public static final Work NOTHING = new Work(0, 0, 0, false);

    /** Returns the cost of work within layers. */
    public static Work ofLayers(double multiplyAdds) {
        return new Work(multiplyAdds, 0, 0, false);
    }

    /** Returns the cost of both, one after the other. */
    public Work plus(Work other) {
        return new Work(
                layers + other.layers,
                products + other.products,
                Math.max(bytes, other.bytes),
                recomputes || other.recomputes);
    }

    /** Returns the cost of doing this {@code count} times. */
    public Work times(double count) {
        return new Work(count * layers, count * products, bytes, recomputes);
    }

    /** Returns the number of multiply-adds. */
    public double multiplyAdds() {
        return layers + products;
    }
}
