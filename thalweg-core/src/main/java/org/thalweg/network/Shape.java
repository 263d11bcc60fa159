package org.thalweg.network;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The extents of a tensor, outermost first; rank 0 is a single value. Immutable. */
public final class Shape implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] extents;
    private final int elements;

    private Shape(int[] extents) {
        long product = 1;
        for (int extent : extents) {
            if (extent < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(extents) + " has a negative extent.");
            }
            product *= extent;
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "shape " + Arrays.toString(extents) + " has more than 2^31-1 elements; split the tensor.");
            }
        }
        this.extents = extents;
        this.elements = (int) product;
    }

    /**
     * Returns the shape with these extents.
     *
     * @throws IllegalArgumentException if an extent is negative or the product exceeds 2^31-1
     */
    public static Shape of(int... extents) {
        return new Shape(extents.clone());
    }

    /** Returns the number of extents. */
    public int rank() {
        return extents.length;
    }

    /** Returns the extent of dimension {@code dimension}, counted from 0, outermost first. */
    public int extent(int dimension) {
        return extents[dimension];
    }

    /** Returns the product of the extents, 1 for rank 0. */
    public int elements() {
        return elements;
    }

    /** Returns how many elements lie between neighbours of {@code dimension} in row-major order. */
    public int stride(int dimension) {
        int stride = 1;
        for (int i = dimension + 1; i < extents.length; i++) {
            stride *= extents[i];
        }
        return stride;
    }

    /** Returns this shape with another extent in one dimension. */
    public Shape with(int dimension, int extent) {
        int[] changed = extents.clone();
        changed[dimension] = extent;
        return new Shape(changed);
    }

    /** Returns a copy of the extents. */
    public int[] toArray() {
        return extents.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(extents);
    }

    /** Returns the form used in messages and in {@code inspect}, such as {@code [2000, 784]}. */
    @Override
    public String toString() {
        return Arrays.stream(extents).mapToObj(Integer::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
