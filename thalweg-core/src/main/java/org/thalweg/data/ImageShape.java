package org.thalweg.data;

import org.thalweg.network.Shape;

/**
 * Extents of one image; pixels are listed channel by channel, row by row.
 *
 * @param channels at least 1
 * @param height at least 1
 * @param width at least 1
 */
public record ImageShape(int channels, int height, int width) {
    public ImageShape {
        boolean positive = channels > 0 && height > 0 && width > 0;
        if (!positive || (long) channels * height > Integer.MAX_VALUE / width) {
            throw new IllegalArgumentException("an image of " + channels + "x" + height + "x" + width
                    + " is not possible; extents must be positive and their product below 2^31.");
        }
    }

    /** Returns the number of values of one image. */
    public int features() {
        return channels * height * width;
    }

    /** Returns [channels, height, width]. */
    public Shape extents() {
        return Shape.of(channels, height, width);
    }
}
