package org.thalweg.checkpoint.npz;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.format.Elements;
import org.thalweg.checkpoint.format.StoredZip;
import org.thalweg.network.Precision;
import org.thalweg.network.Tensor;

/**
 * Writes NPZ files that {@code numpy.load} reads: members stored, arrays little-endian and row-major, elements at multiples of
 * 64 bytes. Equal arrays give equal bytes.
 */
public final class NpzWriter {
    private static final int ALIGNMENT = 64;
    private static final int BEFORE_TEXT = 10; // magic, version, length of the text

    private NpzWriter() {}

    /** Writes arrays under their names, in the map's order; does not close {@code out}. */
    public static void write(Map<String, Tensor> arrays, OutputStream out) throws IOException {
        StoredZip zip = new StoredZip(out);
        for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
            zip.add(array.getKey() + ".npy", bytes -> {
                bytes.write(header(array.getValue()));
                Elements.write(array.getValue(), bytes);
            });
        }
        zip.finish();
    }

    private static byte[] header(Tensor array) {
        String extents = Arrays.stream(array.shape().toArray())
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", "));
        String text = "{'descr': '" + (array.precision() == Precision.FLOAT32 ? "<f4" : "<f8")
                + "', 'fortran_order': False, 'shape': (" + extents
                + (array.shape().rank() == 1 ? ",), }" : "), }");
        int length = (BEFORE_TEXT + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT; // room for a line feed
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        header[length - 1] = '\n';
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (length - BEFORE_TEXT))
                .put(text.getBytes(StandardCharsets.US_ASCII));
        return header;
    }
}
