package org.thalweg.checkpoint.format;

import java.util.List;
import java.util.stream.Collectors;
import org.thalweg.network.Shape;

/**
 * What a file says of one tensor before its values are read.
 *
 * @param name its name in the file
 * @param dtype how its elements are stored
 * @param shape extents, outermost first; none is negative and the tensor's bytes fit 63 bits
 */
public record Entry(String name, Dtype dtype, List<Long> shape) {
    /** Most dimensions of a tensor; PyTorch itself allows no more than 64, and no layer has more than 5. */
    public static final int MOST_DIMENSIONS = 64;

    public Entry {
        shape = List.copyOf(shape);
    }

    /**
     * Returns the entry of these facts, checked.
     *
     * @throws FormatException if the shape has a negative extent, too many dimensions, or overflows 63 bits
     */
    public static Entry checked(String name, Dtype dtype, List<Long> shape) throws FormatException {
        if (shape.size() > MOST_DIMENSIONS) {
            throw new FormatException("tensor " + Quote.of(name) + " has " + shape.size() + " dimensions; at most "
                    + MOST_DIMENSIONS + " are read.");
        }
        try {
            long bytes = dtype.bytes();
            for (long extent : shape) {
                if (extent < 0) {
                    throw new FormatException(
                            "tensor " + Quote.of(name) + " has the shape " + shape + " with a negative extent.");
                }
                bytes = Math.multiplyExact(bytes, extent);
            }
        } catch (ArithmeticException e) {
            throw new FormatException(
                    "tensor " + Quote.of(name) + " has the shape " + shape + ", which overflows 64 bits.");
        }
        return new Entry(name, dtype, shape);
    }

    /** Returns the number of elements, 1 for rank 0. */
    public long elements() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }

    /** Returns the number of bytes of its elements, views counted in full. */
    public long bytes() {
        return elements() * dtype.bytes();
    }

    /**
     * Returns the shape of the tensor once it is in memory.
     *
     * @throws FormatException if it has more than 2^31−1 elements
     */
    public Shape heapShape() throws FormatException {
        boolean tooLong = shape.stream().anyMatch(extent -> extent > Integer.MAX_VALUE); // beside an extent of 0
        if (tooLong || elements() > Integer.MAX_VALUE - 16) { // what a Java array can hold
            throw new FormatException("tensor " + Quote.of(name) + " has the shape " + shapeText()
                    + "; at most 2^31-17 elements are read. Split it.");
        }
        return Shape.of(shape.stream().mapToInt(Math::toIntExact).toArray());
    }

    /** Returns the shape as it stands in tables, such as {@code [2000, 784]}. */
    public String shapeText() {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
