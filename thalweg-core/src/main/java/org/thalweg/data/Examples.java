package org.thalweg.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The labelled examples of one split, N of d features. Immutable and safe for use by many threads.
 *
 * <p>Images stay the bytes they are in their file (1 byte a feature) and become x = p · scale + shift, per channel, only in
 * the block that is worked on; sets made in memory hold doubles.
 */
public final class Examples {
    private final ImageShape shape; // of one example
    private final int features;
    private final int classes;
    private final byte[] labels; // [N]
    private final byte[] pixels; // [N, d] unsigned, or empty
    private final double[] values; // [N, d], or empty
    private final double[] scale; // per channel
    private final double[] shift; // per channel
    private volatile @Nullable String hash; // computed at first use

    private Examples(
            ImageShape shape,
            int classes,
            byte[] labels,
            byte[] pixels,
            double[] values,
            double[] scale,
            double[] shift) {
        int features = shape.features();
        if (labels.length == 0) {
            throw new IllegalArgumentException("no examples were given; there must be at least one.");
        }
        if (pixels.length + values.length != (long) labels.length * features) {
            throw new IllegalArgumentException(labels.length + " labels and " + (pixels.length + values.length)
                    + " values do not make examples of " + features + " features.");
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label " + i + " is " + labels[i] + " but must lie in 0.." + (classes - 1) + ".");
            }
        }
        this.shape = shape;
        this.features = features;
        this.classes = classes;
        this.labels = labels;
        this.pixels = pixels;
        this.values = values;
        this.scale = scale;
        this.shift = shift;
    }

    /**
     * Returns images as examples; the arrays are owned by them from now on.
     *
     * @param pixels unsigned bytes, [N, channels, height, width]
     * @param labels [N], each in 0 … classes−1
     * @param mean subtracted from p/255, per channel
     * @param deviation what is left is divided by it, per channel
     */
    static Examples ofPixels(
            ImageShape shape, int classes, byte[] pixels, byte[] labels, double[] mean, double[] deviation) {
        double[] scale = new double[mean.length];
        double[] shift = new double[mean.length];
        for (int c = 0; c < mean.length; c++) {
            scale[c] = 1 / (255 * deviation[c]);
            shift[c] = -mean[c] / deviation[c];
        }
        return new Examples(shape, classes, labels, pixels, new double[0], scale, shift);
    }

    /**
     * Returns examples made in memory; the arrays are copied.
     *
     * @param values [N, features], row-major
     * @param labels [N], each in 0 … classes−1; no label above 127
     * @throws IllegalArgumentException if there is no example, sizes do not fit, a label is out of range, or a value is
     *     not finite
     */
    public static Examples of(double[] values, int[] labels, int features, int classes) {
        byte[] small = new byte[labels.length];
        for (int i = 0; i < small.length; i++) {
            if (labels[i] < 0 || labels[i] > Byte.MAX_VALUE) {
                throw new IllegalArgumentException("label " + i + " is " + labels[i] + " but must lie in 0..127.");
            }
            small[i] = (byte) labels[i];
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i] + " but must be finite.");
            }
        }
        double[] one = {1};
        return new Examples(
                new ImageShape(1, 1, features), classes, small, new byte[0], values.clone(), one, new double[1]);
    }

    /**
     * Returns images (or vectors, as 1 × 1 × d) of numbers as examples; the arrays are owned by them from now on.
     *
     * @param values [N, channels, height, width], finite
     * @param labels [N], each in 0 … classes−1
     */
    static Examples ofValues(ImageShape shape, int classes, double[] values, byte[] labels) {
        double[] one = {1};
        return new Examples(shape, classes, labels, new byte[0], values, one, new double[1]);
    }

    /** Returns N. */
    public int count() {
        return labels.length;
    }

    /** Returns d. */
    public int features() {
        return features;
    }

    /** Returns the extents of one example's image; 1 × 1 × d for examples made in memory. */
    public ImageShape shape() {
        return shape;
    }

    /** Returns the number of classes. */
    public int classes() {
        return classes;
    }

    /** Returns the label of example {@code index}, in 0 … classes−1. */
    public int label(int index) {
        return labels[index];
    }

    /** Returns whether features are bytes, to be read by {@link #copyPixels}; otherwise {@link #copyValues} reads them. */
    public boolean isPixels() {
        return values.length == 0;
    }

    /** Returns the factor of each channel; x = p · scale + shift. A copy. */
    public double[] scale() {
        return scale.clone();
    }

    /** Returns the addend of each channel. A copy. */
    public double[] shift() {
        return shift.clone();
    }

    /**
     * Writes the inputs of the examples {@code from} … {@code to}−1 to the start of {@code out}, [to−from, d]. A pixel
     * becomes p · scale + shift in float: scale and shift rounded to float first, then the product, then the sum.
     *
     * @throws IndexOutOfBoundsException if the range leaves 0 … count, or {@code out} is too short
     */
    public void copyInputs(int from, int to, float[] out) {
        int length = inputs(from, to, out.length);
        int plane = features / scale.length;
        for (int i = 0; i < length; i++) {
            int at = from * features + i;
            int c = i % features / plane;
            out[i] = isPixels() ? (pixels[at] & 0xff) * (float) scale[c] + (float) shift[c] : (float) values[at];
        }
    }

    /** The same in double: product and sum are each rounded to double. */
    public void copyInputs(int from, int to, double[] out) {
        int length = inputs(from, to, out.length);
        int plane = features / scale.length;
        for (int i = 0; i < length; i++) {
            int at = from * features + i;
            int c = i % features / plane;
            out[i] = isPixels() ? (pixels[at] & 0xff) * scale[c] + shift[c] : values[at];
        }
    }

    private int inputs(int from, int to, int room) {
        Objects.checkFromToIndex(from, to, count());
        int length = (to - from) * features;
        Objects.checkFromToIndex(0, length, room);
        return length;
    }

    /**
     * Copies the unsigned pixels of example {@code index} to {@code out} from position {@code at} on.
     *
     * @throws IllegalStateException if features are not bytes
     */
    public void copyPixels(int index, byte[] out, int at) {
        if (!isPixels()) {
            throw new IllegalStateException("these examples hold doubles, not pixels; use copyValues.");
        }
        System.arraycopy(pixels, index * features, out, at, features);
    }

    /**
     * Copies the values of example {@code index} to {@code out} from position {@code at} on.
     *
     * @throws IllegalStateException if features are bytes
     */
    public void copyValues(int index, double[] out, int at) {
        if (isPixels()) {
            throw new IllegalStateException("these examples hold pixels, not doubles; use copyPixels.");
        }
        System.arraycopy(values, index * features, out, at, features);
    }

    /**
     * Returns the first {@code count} examples: the same ones for every caller, which is what makes subsets comparable.
     *
     * @throws IllegalArgumentException if there are fewer, or count is not positive
     */
    public Examples first(int count) {
        if (count < 1 || count > count()) {
            throw new IllegalArgumentException(
                    count + " examples were asked for but there are " + count() + "; use 1 to " + count() + ".");
        }
        return count == count() ? this : range(0, count);
    }

    /**
     * Returns the examples {@code from} … {@code to}−1; a copy.
     *
     * @throws IndexOutOfBoundsException if the range leaves 0 … count
     * @throws IllegalArgumentException if it is empty
     */
    public Examples range(int from, int to) {
        Objects.checkFromToIndex(from, to, count());
        int first = from * features;
        int last = to * features;
        return new Examples(
                shape,
                classes,
                Arrays.copyOfRange(labels, from, to),
                isPixels() ? Arrays.copyOfRange(pixels, first, last) : pixels,
                isPixels() ? values : Arrays.copyOfRange(values, first, last),
                scale,
                shift);
    }

    /** Returns the SHA-256, in hexadecimal, of shape, normalisation, labels and features. O(N · d), once. */
    public String hash() {
        String known = hash;
        if (known == null) {
            known = computedHash();
            hash = known;
        }
        return known;
    }

    private String computedHash() {
        MessageDigest digest = sha256();
        ByteBuffer numbers = ByteBuffer.allocate(8 * (3 + 2 * scale.length));
        numbers.putLong(count()).putLong(features).putLong(classes);
        for (int c = 0; c < scale.length; c++) {
            numbers.putDouble(scale[c]).putDouble(shift[c]);
        }
        digest.update(numbers.array());
        digest.update(labels);
        digest.update(pixels);
        ByteBuffer eight = ByteBuffer.allocate(8);
        for (double value : values) {
            digest.update(eight.putDouble(0, value).array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
