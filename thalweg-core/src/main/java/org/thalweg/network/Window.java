package org.thalweg.network;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The square window that a convolution or a pooling layer moves over an image.
 *
 * @param size height and width, positive
 * @param stride step between neighbouring positions, positive
 * @param padding rows and columns added on each side, at least 0, less than {@code size}
 */
public record Window(int size, int stride, int padding) implements java.io.Serializable {
    private static final String NUMBER = "(\\d{1,5})";
    private static final Pattern TEXT = Pattern.compile(NUMBER + "(?:,stride=" + NUMBER + ")?(?:,pad=" + NUMBER + ")?");

    public Window {
        if (size < 1 || stride < 1 || padding < 0 || padding >= size) {
            throw new IllegalArgumentException("a window of size " + size + ", stride " + stride + " and padding "
                    + padding + "; size and stride must be positive, padding at least 0 and less than the size.");
        }
    }

    /** Returns the number of positions over {@code extent} rows or columns: ⌊(extent + 2·padding − size) / stride⌋ + 1. */
    public int positions(int extent) {
        return Math.floorDiv(extent + 2 * padding - size, stride) + 1;
    }

    /**
     * Returns the shape of {@code channels} channels over an image [channels, height, width].
     *
     * @throws IllegalArgumentException if {@code image} is not of rank 3 or smaller than the window
     */
    Shape over(Shape image, int channels, Layer layer) {
        if (image.rank() != 3) {
            throw new IllegalArgumentException(
                    "layer " + layer.text() + " needs images [channels, height, width] but gets " + image + ".");
        }
        int height = positions(image.extent(1));
        int width = positions(image.extent(2));
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "layer " + layer.text() + " does not fit into images of " + image + "; use larger images.");
        }
        return Shape.of(channels, height, width);
    }

    /** Returns {@code size[,stride=…][,pad=…]}, the stride only if it is not {@code usualStride}. */
    String text(int usualStride) {
        return size + (stride == usualStride ? "" : ",stride=" + stride) + (padding == 0 ? "" : ",pad=" + padding);
    }

    /** Returns the window of a text; a stride of 0 as {@code usualStride} stands for the size. */
    static Window parse(String text, int usualStride) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "window '" + text + "' is not understood; write size, size,stride=2 or " + "size,stride=2,pad=1.");
        }
        int size = Integer.parseInt(matcher.group(1));
        int usual = usualStride == 0 ? size : usualStride;
        int stride = matcher.group(2) == null ? usual : Integer.parseInt(matcher.group(2));
        return new Window(size, stride, matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)));
    }
}
