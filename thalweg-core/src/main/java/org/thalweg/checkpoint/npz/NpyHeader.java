package org.thalweg.checkpoint.npz;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;

/**
 * What stands before an array: the magic, a version, a length, and a Python dictionary {@code {'descr': '<f4',
 * 'fortran_order': False, 'shape': (2, 3), }} padded with spaces.
 *
 * @param entry name, type and shape
 * @param order of the elements' bytes
 * @param columnMajor whether the first index moves fastest, as in Fortran
 * @param length bytes before the elements
 */
record NpyHeader(Entry entry, ByteOrder order, boolean columnMajor, int length) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy's own bound for files that are not trusted. */
    private static final int LONGEST = 10_000;

    private static final Map<String, Dtype> TYPES = Map.ofEntries(
            Map.entry("f8", Dtype.F64),
            Map.entry("f4", Dtype.F32),
            Map.entry("f2", Dtype.F16),
            Map.entry("i8", Dtype.I64),
            Map.entry("i4", Dtype.I32),
            Map.entry("i2", Dtype.I16),
            Map.entry("i1", Dtype.I8),
            Map.entry("u8", Dtype.U64),
            Map.entry("u4", Dtype.U32),
            Map.entry("u2", Dtype.U16),
            Map.entry("u1", Dtype.U8),
            Map.entry("b1", Dtype.BOOL),
            Map.entry("c8", Dtype.C64),
            Map.entry("c16", Dtype.C128));

    private static final Pattern DESCR = Pattern.compile("'descr': *'([<>|=])([a-zA-Z]\\d*)'");
    private static final Pattern ANY_DESCR = Pattern.compile("'descr': *([^,}]{1,40})");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(([\\d, L]*)\\)"); // L: Python 2 wrote (2L, 3L)

    /**
     * Reads the header of the array called {@code name}, and leaves {@code in} at its first element.
     *
     * @throws FormatException if it is malformed, or the type is not known
     */
    static NpyHeader read(String name, InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            byte[] magic = data.readNBytes(MAGIC.length);
            int major = data.readUnsignedByte();
            int minor = data.readUnsignedByte();
            if (!java.util.Arrays.equals(magic, MAGIC) || major < 1 || major > 3 || minor != 0) {
                throw new FormatException("array " + Quote.of(name) + " does not begin as NPY of version 1, 2 or 3.");
            }
            long length = major == 1
                    ? Short.toUnsignedInt(Short.reverseBytes(data.readShort()))
                    : Integer.toUnsignedLong(Integer.reverseBytes(data.readInt()));
            if (length > LONGEST) {
                throw new FormatException("array " + Quote.of(name) + " has a header of " + length + " bytes; at most "
                        + LONGEST + " are read.");
            }
            byte[] text = new byte[(int) length];
            data.readFully(text);
            return parse(name, new String(text, StandardCharsets.UTF_8), (major == 1 ? 10 : 12) + text.length);
        } catch (EOFException e) {
            throw new FormatException("array " + Quote.of(name) + " ends within its header; it is cut off.");
        }
    }

    private static NpyHeader parse(String name, String text, int length) throws FormatException {
        Matcher descr = DESCR.matcher(text);
        Dtype dtype = descr.find() ? TYPES.get(descr.group(2)) : null;
        if (dtype == null) {
            throw unknownType(name, text);
        }
        Entry entry = Entry.checked(name, dtype, shape(name, found(name, SHAPE, text)));
        ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(entry, order, found(name, FORTRAN, text).equals("True"), length);
    }

    private static FormatException unknownType(String name, String text) {
        Matcher any = ANY_DESCR.matcher(text);
        String type = any.find() ? any.group(1).strip() : "none";
        return new FormatException("array " + Quote.of(name) + " has elements of type " + Quote.line(type)
                + (type.contains("O") ? ", Python objects," : "") + " which are not read; save it as float32.");
    }

    private static String found(String name, Pattern pattern, String text) throws FormatException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new FormatException("array " + Quote.of(name) + " has a header that is not understood: "
                    + Quote.of(text.strip()) + ".");
        }
        return matcher.group(1);
    }

    private static List<Long> shape(String name, String extents) throws FormatException {
        List<Long> shape = new ArrayList<>();
        for (String extent : extents.replace("L", "").split(",", -1)) {
            if (!extent.isBlank()) {
                String digits = extent.strip();
                if (!digits.matches("\\d{1,18}")) {
                    throw new FormatException("array " + Quote.of(name) + " has a shape that is not understood: "
                            + Quote.of(extents) + ".");
                }
                shape.add(Long.valueOf(digits));
            }
        }
        return shape;
    }

    /** Returns how far apart neighbours along each dimension are, in elements. */
    List<Long> strides() {
        List<Long> strides = new ArrayList<>();
        long stride = columnMajor ? 1 : entry.elements();
        for (long extent : entry.shape()) {
            stride = columnMajor || extent == 0 ? stride : stride / extent;
            strides.add(stride);
            stride = columnMajor ? stride * extent : stride;
        }
        return strides;
    }
}
