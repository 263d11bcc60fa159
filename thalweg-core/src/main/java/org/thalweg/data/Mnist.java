package org.thalweg.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * MNIST (LeCun, Cortes and Burges) and Fashion-MNIST (Xiao, Rasul and Vollgraf 2017) from four IDX files, plain or gzip. Pixels / 255, nothing else.
 *
 * <p>IDX: big-endian 32-bit magic (0x0801 labels, 0x0803 images), counts, then unsigned bytes.
 */
final class Mnist {
    private static final int IMAGES = 0x0803;
    private static final int LABELS = 0x0801;
    private static final int CLASSES = 10;
    private static final int LIMIT = 60_000;
    private static final ImageShape SHAPE = new ImageShape(1, 28, 28);

    /** Names of the file that shows that a folder is the one with the files. */
    static final List<String> TRAIN_IMAGES = names("train-images", "idx3");

    private Mnist() {}

    /** Reads MNIST, or a set of another name in the same files. */
    static Dataset read(String name, Path folder) throws IOException {
        return new Dataset(name, SHAPE, split(folder, "train"), split(folder, "t10k"));
    }

    private static Examples split(Path folder, String prefix) throws IOException {
        Path labelFile = DataFile.find(folder, names(prefix + "-labels", "idx1"));
        Path imageFile = DataFile.find(folder, names(prefix + "-images", "idx3"));
        byte[] labels = labels(labelFile);
        byte[] pixels = images(imageFile);
        if (pixels.length != labels.length * SHAPE.features()) {
            throw new DataException(imageFile + ": " + pixels.length / SHAPE.features() + " images but " + labelFile
                    + " has " + labels.length + " labels; they are not of one set.");
        }
        return Examples.ofPixels(
                SHAPE, pixels, new Answers.Labels(labels, CLASSES), new double[] {0}, new double[] {1});
    }

    private static List<String> names(String stem, String kind) {
        String dashed = stem + "-" + kind + "-ubyte";
        String dotted = stem + "." + kind + "-ubyte";
        return List.of(dashed + ".gz", dashed, dotted + ".gz", dotted);
    }

    private static byte[] labels(Path file) throws IOException {
        byte[] labels = content(file, LABELS, 8, 1);
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= CLASSES) {
                throw new DataException(file + ": label " + i + " is " + (labels[i] & 0xff)
                        + " but must lie in 0..9; fetch the file again.");
            }
        }
        return labels;
    }

    private static byte[] images(Path file) throws IOException {
        return content(file, IMAGES, 16, SHAPE.features());
    }

    private static byte[] content(Path file, int magic, int header, int itemBytes) throws IOException {
        byte[] all = DataFile.read(file, header + LIMIT * itemBytes);
        if (all.length < header) {
            throw new DataException(file + ": " + all.length + " bytes are less than an IDX header; fetch it again.");
        }
        ByteBuffer head = ByteBuffer.wrap(all);
        int found = head.getInt();
        if (found != magic) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s: begins with 0x%08x but this IDX file must begin with 0x%08x; it is another file.",
                    file,
                    found,
                    magic));
        }
        long count = head.getInt() & 0xffffffffL;
        if (magic == IMAGES) {
            int height = head.getInt();
            int width = head.getInt();
            if (height != SHAPE.height() || width != SHAPE.width()) {
                throw new DataException(file + ": images of " + height + "x" + width + " but MNIST has 28x28.");
            }
        }
        if (count == 0 || header + count * itemBytes != all.length) {
            throw new DataException(file + ": the header announces " + count + " items, which need "
                    + (header + count * itemBytes) + " bytes, but there are " + all.length + "; fetch it again.");
        }
        byte[] items = new byte[all.length - header];
        head.get(header, items);
        return items;
    }
}
