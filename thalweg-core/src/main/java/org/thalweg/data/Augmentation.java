package org.thalweg.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** How training images are varied each time they are seen. Measuring never varies them. */
public enum Augmentation {
    /** Not at all. */
    NONE,
    /**
     * Mirrored left to right with probability ½, then cut out of the image with 4 black rows and columns around it, at a
     * random place, at its own size: the augmentation of the published CIFAR-10 networks.
     */
    FLIP_CROP;

    private static final int PADDING = 4;

    /** Returns the name on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the augmentation that {@link #text()} prints as {@code text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Augmentation parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown augmentation '" + text + "'; use "
                        + Arrays.stream(values()).map(Augmentation::text).collect(Collectors.joining(" or ")) + "."));
    }

    /** Returns what the published networks were trained with on a data set. */
    public static Augmentation usualFor(String dataset) {
        return dataset.startsWith("cifar-") ? FLIP_CROP : NONE;
    }

    /**
     * Writes example {@code index}, varied, to {@code out} from position {@code at} on; draws from {@code random} only if it
     * varies anything.
     *
     * @throws IllegalStateException if the examples do not hold pixels
     */
    public void copyPixels(Examples examples, int index, SplittableRandom random, byte[] out, int at) {
        switch (this) {
            case NONE -> examples.copyPixels(index, out, at);
            case FLIP_CROP -> {
                byte[] image = new byte[examples.features()];
                examples.copyPixels(index, image, 0);
                boolean mirrored = random.nextBoolean();
                int down = random.nextInt(2 * PADDING + 1) - PADDING;
                int right = random.nextInt(2 * PADDING + 1) - PADDING;
                shift(image, examples.shape(), mirrored, down, right, out, at);
            }
        }
    }

    // out[c][y][x] = image[c][y + down][x + right], black outside; of a mirrored image the column counts from the right
    private static void shift(
            byte[] image, ImageShape shape, boolean mirrored, int down, int right, byte[] out, int at) {
        int to = at;
        for (int row = 0; row < shape.channels() * shape.height(); row++) {
            int y = row % shape.height() + down;
            int start = (row - row % shape.height() + y) * shape.width();
            for (int i = 0; i < shape.width(); i++) {
                int x = i + right;
                boolean inside = y >= 0 && y < shape.height() && x >= 0 && x < shape.width();
                out[to++] = inside ? image[start + (mirrored ? shape.width() - 1 - x : x)] : 0;
            }
        }
    }
}
