package org.thalweg.checkpoint.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/**
 * A run of elements in memory, as a storage of PyTorch or the data of an array, from which tensors are cut. Values are floats,
 * or doubles where the type is {@linkplain Dtype#isWide wide}. Immutable.
 */
public final class Elements {
    private static final int CHUNK =
            1 << 16; // bytes in flight beside the values themselves; a multiple of every element's size

    private final float[] floats;
    private final double[] doubles;
    private final boolean wide;

    private Elements(float[] floats, double[] doubles, boolean wide) {
        this.floats = floats;
        this.doubles = doubles;
        this.wide = wide;
    }

    /**
     * Reads {@code count} elements from {@code in}. O(count) time; beside the values 64 KiB.
     *
     * @throws FormatException if the type is not read, or an integer is too large
     * @throws EOFException if {@code in} ends before
     */
    public static Elements read(InputStream in, Dtype dtype, ByteOrder order, int count) throws IOException {
        float[] floats = new float[dtype.isWide() ? 0 : count];
        double[] doubles = new double[dtype.isWide() ? count : 0];
        byte[] bytes = new byte[CHUNK];
        ByteBuffer chunk = ByteBuffer.wrap(bytes).order(order);
        for (int from = 0, length; from < count; from += length) {
            length = Math.min(CHUNK / dtype.bytes(), count - from);
            if (in.readNBytes(bytes, 0, length * dtype.bytes()) < length * dtype.bytes()) {
                throw new EOFException("ends before its tensors do");
            }
            chunk.clear();
            switch (dtype) {
                case F32 -> chunk.asFloatBuffer().get(floats, from, length);
                case F64 -> chunk.asDoubleBuffer().get(doubles, from, length);
                default -> {
                    for (int i = from; i < from + length; i++) {
                        double value = dtype.element(chunk);
                        if (dtype.isWide()) {
                            doubles[i] = value;
                        } else {
                            floats[i] = (float) value;
                        }
                    }
                }
            }
        }
        return new Elements(floats, doubles, dtype.isWide());
    }

    /** Writes a tensor's values in its own precision, little-endian and row-major. O(elements) time; beside them 64 KiB. */
    public static void write(Tensor tensor, OutputStream out) throws IOException {
        int each = tensor.precision().bytes();
        byte[] bytes = new byte[CHUNK];
        ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0, length; from < tensor.shape().elements(); from += length) {
            length = Math.min(tensor.shape().elements() - from, CHUNK / each);
            chunk.clear();
            for (int i = from; i < from + length; i++) {
                if (tensor.precision() == Precision.FLOAT32) {
                    chunk.putFloat((float) tensor.get(i));
                } else {
                    chunk.putDouble(tensor.get(i));
                }
            }
            out.write(bytes, 0, chunk.position());
        }
    }

    /** Returns the number of elements. */
    public int count() {
        return wide ? doubles.length : floats.length;
    }

    /**
     * Returns all elements in their order; the array is shared, not copied.
     *
     * @throws IllegalArgumentException if {@code shape} is not of {@link #count()} elements
     */
    public Tensor all(Shape shape) {
        return wide ? Tensor.owning(shape, doubles) : Tensor.owning(shape, floats);
    }

    /**
     * Returns the tensor whose element at index (i, j, …) is element {@code offset} + i·stride₀ + j·stride₁ + … of these.
     * O(elements of {@code shape}); copies only where it is not simply {@link #all}.
     *
     * @param strides one per dimension, in elements, not negative
     * @throws IllegalArgumentException if an index lies outside
     */
    public Tensor view(Shape shape, long offset, List<Long> strides) {
        requireInside(shape, offset, strides);
        if (offset == 0 && shape.elements() == count() && isRowMajor(shape, strides)) {
            return all(shape);
        }
        int[] from = positions(shape, (int) offset, strides);
        if (wide) {
            double[] values = new double[from.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = doubles[from[i]];
            }
            return Tensor.owning(shape, values);
        }
        float[] values = new float[from.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats[from[i]];
        }
        return Tensor.owning(shape, values);
    }

    /** Returns the last element that a view touches, −1 if it is empty; saturates instead of overflowing. */
    public static long last(List<Long> shape, long offset, List<Long> strides) {
        long last = offset;
        for (int d = 0; d < shape.size(); d++) {
            if (shape.get(d) == 0) {
                return -1;
            }
            long steps = shape.get(d) - 1;
            long stride = strides.get(d);
            if (steps > 0 && stride > (Long.MAX_VALUE - last) / steps) {
                return Long.MAX_VALUE;
            }
            last += steps * stride;
        }
        return last;
    }

    private void requireInside(Shape shape, long offset, List<Long> strides) {
        List<Long> extents =
                Arrays.stream(shape.toArray()).mapToObj(Long::valueOf).toList();
        if (offset < 0
                || strides.size() != extents.size()
                || strides.stream().anyMatch(stride -> stride < 0)
                || last(extents, offset, strides) >= count()) {
            throw new IllegalArgumentException("a view of shape " + shape + " at offset " + offset + " with strides "
                    + strides + " leaves its " + count() + " elements.");
        }
    }

    private static boolean isRowMajor(Shape shape, List<Long> strides) {
        for (int d = 0; d < shape.rank(); d++) {
            if (shape.extent(d) > 1 && strides.get(d) != shape.stride(d)) {
                return false; // along an extent of 1 nothing moves, so PyTorch may give any stride
            }
        }
        return true;
    }

    private static int[] positions(Shape shape, int offset, List<Long> strides) {
        int[] positions = new int[shape.elements()];
        int[] index = new int[shape.rank()];
        long at = offset;
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (int) at;
            for (int d = shape.rank() - 1; d >= 0; d--) { // count up, last dimension fastest
                at += strides.get(d);
                if (++index[d] < shape.extent(d)) {
                    break;
                }
                at -= strides.get(d) * shape.extent(d);
                index[d] = 0;
            }
        }
        return positions;
    }
}
