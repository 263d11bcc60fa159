package org.thalweg.engine;

import java.util.SplittableRandom;
import org.thalweg.data.Augmentation;
import org.thalweg.data.Examples;
import org.thalweg.network.Architecture;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;

/** Brings examples into native memory, a block at a time, with one example per column. */
public final class Blocks {
    /**
     * Most examples that are run together: the values of 2000 units at 256 examples take 2 MB, which stays in cache while all
     * positions of a leg, or all heads of an ensemble, are run on it.
     */
    public static final int MOST = 256;

    private static final int LEAST = 16;

    /** Values that one layer of images may have per block, 16 MB in float32: 64 examples of VGG16 on 32x32. */
    private static final int VALUES = 1 << 22;

    private Blocks() {}

    /** Returns how many examples of a network are run together: fewer where its layers make large images. */
    public static int size(Architecture architecture) {
        int most = 1;
        for (int position = 0; position <= architecture.layers().size(); position++) {
            Shape shape = architecture.shapeBefore(position);
            most = Math.max(most, shape.rank() == 3 ? shape.elements() : 1);
        }
        return Math.max(LEAST, Math.min(MOST, VALUES / most));
    }

    /** Returns the inputs of examples {@code from} … {@code to}−1 as columns, [d, to−from]. */
    public static DeviceTensor inputs(Examples examples, int from, int to, Precision precision) {
        int[] indices = new int[to - from];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = from + i;
        }
        return inputs(examples, indices, precision);
    }

    /** Returns the inputs of these examples as columns, [d, indices]: x = p · scale + shift, in {@code precision}. */
    public static DeviceTensor inputs(Examples examples, int[] indices, Precision precision) {
        int features = examples.features();
        if (!examples.isPixels()) {
            double[] values = new double[indices.length * features];
            for (int i = 0; i < indices.length; i++) {
                examples.copyValues(indices[i], values, i * features);
            }
            return DeviceTensor.of(values, indices.length, features)
                    .to(precision)
                    .transposed();
        }
        byte[] pixels = new byte[indices.length * features];
        for (int i = 0; i < indices.length; i++) {
            examples.copyPixels(indices[i], pixels, i * features);
        }
        return normalised(examples, DeviceTensor.ofUnsigned(pixels, precision, indices.length, features));
    }

    /**
     * Returns the inputs of these examples as columns, [d, indices], each varied by {@code augmentation}.
     *
     * @param random where the augmentation draws from, example by example
     * @throws IllegalStateException if the augmentation needs pixels and the examples hold none
     */
    public static DeviceTensor inputs(
            Examples examples, int[] indices, Precision precision, Augmentation augmentation, SplittableRandom random) {
        if (augmentation == Augmentation.NONE) {
            return inputs(examples, indices, precision);
        }
        int features = examples.features();
        byte[] pixels = new byte[indices.length * features];
        for (int i = 0; i < indices.length; i++) {
            augmentation.copyPixels(examples, indices[i], random, pixels, i * features);
        }
        return normalised(examples, DeviceTensor.ofUnsigned(pixels, precision, indices.length, features));
    }

    private static DeviceTensor normalised(Examples examples, DeviceTensor pixels) {
        double[] scale = examples.scale();
        double[] shift = examples.shift();
        int channel = examples.features() / scale.length;
        for (int c = 0; c < scale.length; c++) {
            DeviceTensor plane = pixels.narrow(1, c * channel, channel).scaleInPlace(scale[c]);
            if (shift[c] != 0) {
                plane.shiftInPlace(shift[c]);
            }
        }
        return pixels.transposed(); // [N, d] -> [d, N]
    }
}
