package org.thalweg.data;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one PNG or JPEG as 8-bit pixels, channel by channel. Sizes are looked at before anything is decoded. Grey levels and
 * colours are taken as they are stored, as NumPy and PyTorch users get them from Pillow; transparency is left out.
 */
final class ImageFile {
    private static final long MOST_BYTES = 64 << 20; // of a file
    private static final long MOST_PIXELS = 1 << 24; // a square of 4096

    private ImageFile() {}

    /** Returns whether a file's name is that of an image. */
    static boolean isImage(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    /**
     * Returns the shape of an image: 1 channel if it is grey, else 3.
     *
     * @throws DataException if it is no image that is read, or too large
     */
    static ImageShape shape(Path file) throws IOException {
        return with(file, null, image -> new ImageShape(isGrey(image) ? 1 : 3, image.getHeight(), image.getWidth()));
    }

    /**
     * Writes an image's pixels to {@code out} from position {@code at} on; a grey image fills all channels, a coloured one becomes
     * grey (299 R + 587 G + 114 B) / 1000 where one channel is wanted.
     *
     * @throws DataException if it is no image that is read, or of another height or width
     */
    static void read(Path file, ImageShape shape, byte[] out, int at) throws IOException {
        with(file, shape, image -> {
            copy(image, shape, out, at);
            return shape;
        });
    }

    private interface Work<T> {
        T on(BufferedImage image);
    }

    private static <T> T with(Path file, @Nullable ImageShape expected, Work<T> work) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new DataException(
                    file + ": " + Files.size(file) + " bytes; images of at most " + MOST_BYTES + " bytes are read.");
        }
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new DataException(file + ": is no PNG or JPEG, whatever its name says.");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true); // metadata, which may be compressed, is left alone
                requireSize(file, reader.getHeight(0), reader.getWidth(0), expected);
                return work.on(reader.read(0));
            } catch (IOException | RuntimeException e) { // decoders throw what they like on damaged files
                if (e instanceof DataException known) {
                    throw known;
                }
                throw new DataException(file + ": cannot be decoded (" + e.getMessage() + "); it is damaged.", e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static void requireSize(Path file, int height, int width, @Nullable ImageShape expected)
            throws DataException {
        if ((long) height * width > MOST_PIXELS) {
            throw new DataException(
                    file + ": an image of " + height + "x" + width + "; at most " + MOST_PIXELS + " pixels are read.");
        }
        if (expected != null && (height != expected.height() || width != expected.width())) {
            throw new DataException(file + ": an image of " + height + "x" + width + " (height x width) among those of "
                    + expected.height() + "x" + expected.width() + "; bring all to one size.");
        }
    }

    private static boolean isGrey(BufferedImage image) {
        return image.getRaster().getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
    }

    private static void copy(BufferedImage image, ImageShape shape, byte[] out, int at) {
        int plane = shape.height() * shape.width();
        boolean grey = isGrey(image);
        boolean wide = image.getRaster().getTransferType() == DataBuffer.TYPE_USHORT;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int to = at + y * shape.width() + x;
                // getRGB would convert grey levels to another gamma
                int level = grey ? image.getRaster().getSample(x, y, 0) >> (wide ? 8 : 0) : 0;
                int rgb = grey ? level * 0x010101 : image.getRGB(x, y);
                int red = rgb >> 16 & 0xff;
                int green = rgb >> 8 & 0xff;
                int blue = rgb & 0xff;
                if (shape.channels() == 1) {
                    out[to] = (byte) ((299 * red + 587 * green + 114 * blue) / 1000);
                } else {
                    out[to] = (byte) red;
                    out[to + plane] = (byte) green;
                    out[to + 2 * plane] = (byte) blue;
                }
            }
        }
    }
}
