package org.thalweg.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.thalweg.network.MismatchException;
import org.thalweg.result.Loss;

/**
 * The examples of one split, N of d features, each with a label or with real targets. Immutable and safe for use by many threads.
 *
 * <p>Images stay the bytes they are in their file (1 byte a feature) and become x = p · scale + shift, per channel, only in
 * the block that is worked on; sets made in memory hold doubles.
 */
public final class Examples {
    private final ImageShape shape; // of one example
    private final int features;
    private final Answers answers;
    private final byte[] pixels; // [N, d] unsigned, or empty
    private final double[] values; // [N, d], or empty
    private final double[] scale; // per channel
    private final double[] shift; // per channel
    private volatile @Nullable String hash; // computed at first use

    private Examples(
            ImageShape shape, Answers answers, byte[] pixels, double[] values, double[] scale, double[] shift) {
        int features = shape.features();
        if (answers.count() == 0) {
            throw new IllegalArgumentException("no examples were given; there must be at least one.");
        }
        if (pixels.length + values.length != (long) answers.count() * features) {
            throw new IllegalArgumentException(answers.count()
                    + (answers.loss().hasAccuracy() ? " labels and " : " rows of targets and ")
                    + (pixels.length + values.length) + " values do not make examples of " + features + " features.");
        }
        this.shape = shape;
        this.features = features;
        this.answers = answers;
        this.pixels = pixels;
        this.values = values;
        this.scale = scale;
        this.shift = shift;
    }

    /**
     * Returns images as examples; the arrays are owned by them from now on.
     *
     * @param pixels unsigned bytes, [N, channels, height, width]
     * @param answers [N]
     * @param mean subtracted from p/255, per channel
     * @param deviation what is left is divided by it, per channel
     */
    static Examples ofPixels(ImageShape shape, byte[] pixels, Answers answers, double[] mean, double[] deviation) {
        double[] scale = new double[mean.length];
        double[] shift = new double[mean.length];
        for (int c = 0; c < mean.length; c++) {
            scale[c] = 1 / (255 * deviation[c]);
            shift[c] = -mean[c] / deviation[c];
        }
        return new Examples(shape, answers, pixels, new double[0], scale, shift);
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
        return ofFinite(new ImageShape(1, 1, features), values, new Answers.Labels(small, classes));
    }

    /**
     * Returns examples of a regression made in memory; the arrays are copied.
     *
     * @param values [N, features], row-major
     * @param targets [N, outputs], row-major
     * @throws IllegalArgumentException if there is no example, sizes do not fit, or a number is not finite
     */
    public static Examples ofTargets(double[] values, double[] targets, int features, int outputs) {
        return ofFinite(
                new ImageShape(1, 1, features),
                values,
                new Answers.Targets(targets.clone(), TargetColumn.plain(outputs)));
    }

    private static Examples ofFinite(ImageShape shape, double[] values, Answers answers) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " is " + values[i] + " but must be finite.");
            }
        }
        return ofValues(shape, values.clone(), answers);
    }

    /**
     * Returns images (or vectors, as 1 × 1 × d) of numbers as examples; the arrays are owned by them from now on.
     *
     * @param values [N, channels, height, width], finite
     * @param answers [N]
     */
    static Examples ofValues(ImageShape shape, double[] values, Answers answers) {
        double[] one = {1};
        return new Examples(shape, answers, new byte[0], values, one, new double[1]);
    }

    /** Returns N. */
    public int count() {
        return answers.count();
    }

    /** Returns d. */
    public int features() {
        return features;
    }

    /** Returns the extents of one example's image; 1 × 1 × d for examples made in memory. */
    public ImageShape shape() {
        return shape;
    }

    /** Returns the loss that answers to these examples are scored by. */
    public Loss loss() {
        return answers.loss();
    }

    /** Returns how many outputs a network for them has: the number of classes, or of targets per example. */
    public int outputs() {
        return answers.outputs();
    }

    /** Returns whether a network takes these examples and has outputs for what they ask; more outputs than classes will do. */
    public boolean suit(int inputs, int outputs) {
        return features == inputs && answers.areGivenBy(outputs);
    }

    /** Returns what networks for these examples take and give, such as {@code 4 features and 3 classes}, for sentences. */
    public String sizes() {
        return features + " features and " + outputs() + (loss().hasAccuracy() ? " classes" : " targets");
    }

    /**
     * Checks that examples have labels, for what real targets make no sense to.
     *
     * @param what it is, the beginning of the sentence, such as {@code an ensemble averages probabilities of classes}
     * @throws MismatchException if they have targets
     */
    public void requireLabels(String what) {
        if (!loss().hasAccuracy()) {
            throw new MismatchException(what + ", but these examples have real targets (" + loss().text() + ").");
        }
    }

    /**
     * Returns the label of example {@code index}, in 0 … classes−1.
     *
     * @throws IllegalStateException if examples have targets
     */
    public int label(int index) {
        return labels().of(index);
    }

    /**
     * Returns how many examples have each label. O(N) time.
     *
     * @throws IllegalStateException if examples have targets
     */
    public int[] labelCounts() {
        Answers.Labels labels = labels();
        int[] counts = new int[labels.outputs()];
        for (int i = 0; i < count(); i++) {
            counts[labels.of(i)]++;
        }
        return counts;
    }

    /**
     * Returns what the classes are called, one per output.
     *
     * @throws IllegalStateException if examples have targets
     */
    public List<String> classNames() {
        return labels().classes();
    }

    private Answers.Labels labels() {
        if (answers instanceof Answers.Labels labels) {
            return labels;
        }
        throw new IllegalStateException("these examples have real targets, not labels; use copyTargets.");
    }

    /**
     * Copies the targets of example {@code index} to {@code out} from position {@code at} on.
     *
     * @throws IllegalStateException if examples have labels
     */
    public void copyTargets(int index, double[] out, int at) {
        targets().copy(index, out, at);
    }

    /**
     * Returns what the targets are called and measured in, one per output.
     *
     * @throws IllegalStateException if examples have labels
     */
    public List<TargetColumn> targetColumns() {
        return targets().columns();
    }

    private Answers.Targets targets() {
        if (answers instanceof Answers.Targets targets) {
            return targets;
        }
        throw new IllegalStateException("these examples have labels, not real targets; use label.");
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
                answers.range(from, to),
                isPixels() ? Arrays.copyOfRange(pixels, first, last) : pixels,
                isPixels() ? values : Arrays.copyOfRange(values, first, last),
                scale,
                shift);
    }

    /** Returns the SHA-256, in hexadecimal, of shape, normalisation, labels or targets, and features. O(N · d), once. */
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
        numbers.putLong(count()).putLong(features).putLong(outputs());
        for (int c = 0; c < scale.length; c++) {
            numbers.putDouble(scale[c]).putDouble(shift[c]);
        }
        digest.update(numbers.array());
        answers.addTo(digest);
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
