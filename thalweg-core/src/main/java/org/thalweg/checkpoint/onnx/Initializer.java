package org.thalweg.checkpoint.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;

/**
 * A tensor of a model (TensorProto) and where its little-endian elements lie.
 *
 * @param entry name, type and shape
 * @param file name of the file beside the model that holds it, if the model itself does not
 * @param position of the first element in its file
 */
record Initializer(Entry entry, Optional<String> file, long position) {
    private static final Map<Long, Dtype> TYPES = Map.ofEntries(
            Map.entry(1L, Dtype.F32),
            Map.entry(2L, Dtype.U8),
            Map.entry(3L, Dtype.I8),
            Map.entry(4L, Dtype.U16),
            Map.entry(5L, Dtype.I16),
            Map.entry(6L, Dtype.I32),
            Map.entry(7L, Dtype.I64),
            Map.entry(9L, Dtype.BOOL),
            Map.entry(10L, Dtype.F16),
            Map.entry(11L, Dtype.F64),
            Map.entry(12L, Dtype.U32),
            Map.entry(13L, Dtype.U64),
            Map.entry(14L, Dtype.C64),
            Map.entry(15L, Dtype.C128),
            Map.entry(16L, Dtype.BF16));

    private static final long EXTERNAL = 1;

    /** What the fields of the message say, in any order. */
    private static final class Fields {
        private final List<Long> dims = new ArrayList<>();
        private final Map<String, String> external = new HashMap<>();
        private long type;
        private String name = "";
        private long location;
        private long position;
        private long length = -1;
    }

    /**
     * Reads a tensor's message.
     *
     * @throws FormatException if it is malformed, of a type that is not known, or keeps its elements in another way than as raw
     *     bytes, packed reals or in a file beside the model
     */
    static Initializer read(Wire wire) throws FormatException {
        Fields fields = new Fields();
        boolean other = false;
        while (wire.next()) {
            switch (wire.field()) {
                case 1 -> wire.integers(fields.dims);
                case 2 -> fields.type = wire.integer();
                case 8 -> fields.name = wire.text();
                case 4, 9, 10 -> locate(fields, wire.message()); // packed float, raw, packed double: the same bytes
                case 5, 6, 7, 11 -> {
                    other = true;
                    wire.skip();
                }
                case 13 -> external(fields, wire.message());
                case 14 -> fields.location = wire.integer();
                default -> wire.skip();
            }
        }
        return checked(fields, other);
    }

    /** Returns the same tensor under another name. */
    Initializer named(String name) {
        return new Initializer(new Entry(name, entry.dtype(), entry.shape()), file, position);
    }

    private static void locate(Fields fields, Wire elements) {
        fields.position = elements.position();
        fields.length = elements.length();
    }

    private static void external(Fields fields, Wire pair) throws FormatException {
        String key = "";
        String value = "";
        while (pair.next()) {
            switch (pair.field()) {
                case 1 -> key = pair.text();
                case 2 -> value = pair.text();
                default -> pair.skip();
            }
        }
        fields.external.put(key, value);
    }

    private static Initializer checked(Fields fields, boolean other) throws FormatException {
        String what = "tensor " + Quote.of(fields.name);
        Dtype dtype = TYPES.get(fields.type);
        if (dtype == null) {
            throw new FormatException(what + " has the element type " + fields.type + ", which is not known.");
        }
        Entry entry = Entry.checked(fields.name, dtype, fields.dims);
        if (fields.location == EXTERNAL) {
            return elsewhere(entry, fields.external);
        }
        long length = Math.max(fields.length, 0);
        if (other && length == 0 && entry.bytes() > 0) {
            throw new FormatException(
                    what + " keeps its elements as a list of integers, which is not read; save the model "
                            + "with raw data.");
        }
        if (length != entry.bytes()) {
            throw new FormatException(what + " of shape " + entry.shapeText() + " and type " + dtype
                    + " does not fill its " + length + " bytes.");
        }
        return new Initializer(entry, Optional.empty(), fields.position);
    }

    private static Initializer elsewhere(Entry entry, Map<String, String> external) throws FormatException {
        String what = "tensor " + Quote.of(entry.name());
        String offset = external.getOrDefault("offset", "0");
        String length = external.getOrDefault("length", Long.toString(entry.bytes()));
        String file = external.getOrDefault("location", "");
        if (!offset.matches("\\d{1,18}") || file.isEmpty()) {
            throw new FormatException(what + " lies in another file, but it is not said where.");
        }
        if (!length.equals(Long.toString(entry.bytes()))) {
            throw new FormatException(what + " of shape " + entry.shapeText() + " and type " + entry.dtype()
                    + " does not fill its " + Quote.line(length) + " bytes.");
        }
        return new Initializer(entry, Optional.of(file), Long.parseLong(offset));
    }
}
