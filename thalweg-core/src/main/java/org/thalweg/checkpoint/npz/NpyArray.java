package org.thalweg.checkpoint.npz;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.ZipReader;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/**
 * One array of a NPY file, or of a NPZ, as data: unsigned bytes stay bytes. The one who made it may do with it what he likes; it is
 * not looked at again.
 */
public final class NpyArray {
    private static final String SUFFIX = ".npy";

    private final Shape shape;
    private final byte[] bytes; // of unsigned bytes, else empty
    private final Tensor values; // else

    private NpyArray(Shape shape, byte[] bytes, Tensor values) {
        this.shape = shape;
        this.bytes = bytes;
        this.values = values;
    }

    /**
     * Reads a NPY file.
     *
     * @throws FormatException if it is malformed, or does not fill its shape
     */
    public static NpyArray read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            NpyHeader header = NpyHeader.read(name, in);
            return filled(name, header, Files.size(file), in);
        }
    }

    /**
     * Reads one array of a NPZ.
     *
     * @throws FormatException if it is missing or malformed, or unfolds to more than such a file can hold
     */
    public static NpyArray read(Path file, String name) throws IOException {
        try (ZipReader zip = ZipReader.open(file)) {
            if (!zip.has(name + SUFFIX)) {
                throw new FormatException("has no array " + Quote.of(name) + ", only "
                        + Quote.line(String.join(", ", zip.names())) + ".");
            }
            long size = zip.size(name + SUFFIX);
            return zip.read(name + SUFFIX, in -> filled(name, NpyHeader.read(name, in), size, in));
        }
    }

    private static NpyArray filled(String name, NpyHeader header, long size, InputStream in) throws IOException {
        if (size != header.length() + header.entry().bytes()) {
            throw new FormatException("array " + Quote.of(name) + " of shape "
                    + header.entry().shapeText() + " and type " + header.entry().dtype() + " does not fill its "
                    + (size - header.length()) + " bytes.");
        }
        Shape shape = header.entry().heapShape();
        try {
            if (header.entry().dtype() == Dtype.U8 && isRowMajor(header, shape)) {
                byte[] bytes = new byte[shape.elements()];
                if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                    throw new EOFException();
                }
                return new NpyArray(shape, bytes, Tensor.owning(Shape.of(0), new float[0]));
            }
            Elements elements = Elements.read(in, header.entry().dtype(), header.order(), shape.elements());
            return new NpyArray(shape, new byte[0], elements.view(shape, 0, header.strides()));
        } catch (EOFException e) {
            throw new FormatException("array " + Quote.of(name) + " ends before its elements do; it is cut off.");
        }
    }

    private static boolean isRowMajor(NpyHeader header, Shape shape) {
        return !header.columnMajor() || shape.rank() == 1;
    }

    /** Returns the extents. */
    public Shape shape() {
        return shape;
    }

    /** Returns whether the elements are unsigned bytes. */
    public boolean isBytes() {
        return bytes.length > 0;
    }

    /** Returns the unsigned bytes, row-major; the array itself, empty if they are not bytes. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns element {@code index}, row-major. */
    public double get(int index) {
        return isBytes() ? bytes[index] & 0xff : values.get(index);
    }

    /** Returns the extents as a list. */
    public List<Integer> extents() {
        return java.util.Arrays.stream(shape.toArray()).boxed().toList();
    }
}
