package org.thalweg.data;

/** Extents of one image; pixels are listed channel by channel, row by row. */
public record ImageShape(int channels, int height, int width) {
    /** Returns the number of values of one image. */
    public int features() {
        return channels * height * width;
    }
}
