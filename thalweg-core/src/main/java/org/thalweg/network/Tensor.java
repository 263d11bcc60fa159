package org.thalweg.network;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * A block of weights in row-major order with its shape and precision. Immutable and safe for use by many threads.
 *
 * <p>Values live on the Java heap; {@code get} returns them as {@code double}, which holds both precisions exactly.
 */
public final class Tensor implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Shape shape;
    private final float[] floats; // used by FLOAT32, else empty
    private final double[] doubles; // used by FLOAT64, else empty
    private final Precision precision;

    private Tensor(Shape shape, float[] floats, double[] doubles, Precision precision) {
        int length = precision == Precision.FLOAT32 ? floats.length : doubles.length;
        if (length != shape.elements()) {
            throw new IllegalArgumentException(
                    "shape " + shape + " needs " + shape.elements() + " values, got " + length + ".");
        }
        this.shape = shape;
        this.floats = floats;
        this.doubles = doubles;
        this.precision = precision;
    }

    /** Returns a tensor over {@code values}, which it owns from now on: the caller must not write to them again. */
    public static Tensor owning(Shape shape, float[] values) {
        return new Tensor(shape, values, new double[0], Precision.FLOAT32);
    }

    /** Returns a tensor over {@code values}, which it owns from now on: the caller must not write to them again. */
    public static Tensor owning(Shape shape, double[] values) {
        return new Tensor(shape, new float[0], values, Precision.FLOAT64);
    }

    /** Returns a tensor of {@code precision}, each value of {@code values} rounded to it; the array is copied. */
    public static Tensor rounded(Shape shape, double[] values, Precision precision) {
        if (precision == Precision.FLOAT64) {
            return owning(shape, values.clone());
        }
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) values[i];
        }
        return owning(shape, rounded);
    }

    /** Returns the extents. */
    public Shape shape() {
        return shape;
    }

    /** Returns how values are stored. */
    public Precision precision() {
        return precision;
    }

    /** Returns the value at row-major position {@code index}. */
    public double get(int index) {
        return precision == Precision.FLOAT32 ? floats[index] : doubles[index];
    }

    /** Returns a copy of the values, rounded to float if they are stored as double. */
    public float[] toFloats() {
        if (precision == Precision.FLOAT32) {
            return floats.clone();
        }
        float[] copy = new float[doubles.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = (float) doubles[i];
        }
        return copy;
    }

    /** Returns a copy of the values; exact for both precisions. */
    public double[] toDoubles() {
        if (precision == Precision.FLOAT64) {
            return doubles.clone();
        }
        double[] copy = new double[floats.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = floats[i];
        }
        return copy;
    }

    /** Returns the row-major position of the first value that is NaN or infinite, if there is one. */
    public Optional<Integer> firstNonFinite() {
        for (int i = 0; i < shape.elements(); i++) {
            if (!Double.isFinite(get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Returns the squared Euclidean distance to a tensor of the same shape. O(elements). */
    public double squaredDistance(Tensor other) {
        if (!shape.equals(other.shape)) {
            throw new IllegalArgumentException(
                    "a tensor of " + shape + " and one of " + other.shape + " have no distance.");
        }
        double sum = 0;
        for (int i = 0; i < shape.elements(); i++) {
            double difference = get(i) - other.get(i);
            sum += difference * difference;
        }
        return sum;
    }

    /**
     * Returns the tensor whose slice i along {@code dimension} is slice {@code order.get(i)} of this one. O(elements).
     *
     * @throws IllegalArgumentException if {@code order} is not as long as that dimension
     */
    public Tensor select(int dimension, Permutation order) {
        return select(dimension, 1, order);
    }

    /**
     * Returns the tensor whose block i of {@code block} neighbouring slices along {@code dimension} is block
     * {@code order.get(i)} of this one. O(elements).
     *
     * @throws IllegalArgumentException if that dimension does not have as many blocks as {@code order} has units
     */
    public Tensor select(int dimension, int block, Permutation order) {
        if (dimension >= shape.rank() || order.size() * (long) block != shape.extent(dimension)) {
            throw new IllegalArgumentException("dimension " + dimension + " of " + shape + " cannot be re-listed by "
                    + order.size() + " units" + (block == 1 ? "." : " of " + block + " positions each."));
        }
        return gather(dimension, block, order.toArray());
    }

    /**
     * Returns the tensor whose block i of {@code block} neighbouring slices along {@code dimension} is block {@code units[i]} of
     * this one: a unit may stand there several times or not at all. O(elements of the result).
     *
     * @param units within the dimension
     */
    public Tensor gather(int dimension, int block, int... units) {
        Shape gathered = shape.with(dimension, units.length * block);
        int inner = shape.stride(dimension) * block;
        int extent = shape.extent(dimension) / block;
        int outer = extent == 0 || inner == 0 ? 0 : shape.elements() / (extent * inner);
        Object source = precision == Precision.FLOAT32 ? floats : doubles;
        Object target =
                precision == Precision.FLOAT32 ? new float[gathered.elements()] : new double[gathered.elements()];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < units.length; i++) {
                int from = (o * extent + units[i]) * inner;
                System.arraycopy(source, from, target, (o * units.length + i) * inner, inner);
            }
        }
        return precision == Precision.FLOAT32
                ? owning(gathered, (float[]) target)
                : owning(gathered, (double[]) target);
    }

    /** Returns whether shape, precision and every bit of every value are equal (so NaN equals NaN, 0 differs from -0). */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && precision == tensor.precision
                && shape.equals(tensor.shape)
                && Arrays.equals(floats, tensor.floats)
                && Arrays.equals(doubles, tensor.doubles);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * shape.hashCode() + Arrays.hashCode(floats)) + Arrays.hashCode(doubles);
    }

    /** Returns precision and shape, not the values. */
    @Override
    public String toString() {
        return precision + shape.toString();
    }
}
