package org.thalweg.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/**
 * The safetensors format: 8 bytes little-endian length N, N bytes of JSON (names, dtypes, shapes, offsets; padded with
 * spaces), then the tensors' bytes without a gap. Reading allocates no more than the file's own size justifies.
 */
public final class Safetensors {
    private static final long LONGEST_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";

    /** Bytes per element of each dtype that the format knows and whose elements are whole bytes. */
    private static final Map<String, Integer> BYTES = Map.ofEntries(
            Map.entry("BOOL", 1),
            Map.entry("U8", 1),
            Map.entry("I8", 1),
            Map.entry("F8_E5M2", 1),
            Map.entry("F8_E4M3", 1),
            Map.entry("I16", 2),
            Map.entry("U16", 2),
            Map.entry("F16", 2),
            Map.entry("BF16", 2),
            Map.entry("I32", 4),
            Map.entry("U32", 4),
            Map.entry("F32", 4),
            Map.entry("I64", 8),
            Map.entry("U64", 8),
            Map.entry("F64", 8),
            Map.entry("C64", 8));

    private Safetensors() {}

    /**
     * Returns the header, checked in full: ranges tile the buffer, shapes fit ranges, names are unique.
     *
     * @throws CheckpointException if the file is not well-formed
     * @throws IOException if it cannot be read
     */
    public static Header header(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return header(file, channel);
        }
    }

    private static Header header(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw new CheckpointException(file, size + " bytes are too few for a safetensors file; is it whole?");
        }
        long length = read(file, channel, 0, 8).getLong();
        if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
            throw new CheckpointException(
                    file,
                    "the header's length is given as " + Long.toUnsignedString(length) + " but the file has "
                            + (size - 8) + " bytes after it; it is cut off or no safetensors file.");
        }
        byte[] json = new byte[(int) length];
        read(file, channel, 8, json.length).get(json);
        return parsed(file, json, size - 8 - length);
    }

    private static ByteBuffer read(Path file, FileChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new CheckpointException(file, "ends before its tensors do; it was cut off.");
            }
        }
        return buffer.flip();
    }

    private static Header parsed(Path file, byte[] json, long buffer) throws CheckpointException {
        Object root;
        try {
            root = Json.parse(json);
        } catch (Json.JsonException e) {
            throw new CheckpointException(file, "the header is not proper JSON: " + e.getMessage() + ".");
        }
        Map<String, Object> members = object(file, root, "the header");
        Map<String, String> metadata = new TreeMap<>();
        Map<String, Header.Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : members.entrySet()) {
            if (member.getKey().equals(METADATA)) {
                metadata.putAll(metadata(file, member.getValue()));
            } else {
                entries.put(member.getKey(), entry(file, member.getKey(), member.getValue()));
            }
        }
        requireTiled(file, entries, buffer);
        return new Header(file, metadata, entries, 8L + json.length);
    }

    @SuppressWarnings("unchecked") // Json makes maps of strings only
    private static Map<String, Object> object(Path file, Object value, String what) throws CheckpointException {
        if (!(value instanceof Map)) {
            throw new CheckpointException(file, what + " is not a JSON object.");
        }
        return (Map<String, Object>) value;
    }

    private static Map<String, String> metadata(Path file, Object value) throws CheckpointException {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Object> member : object(file, value, METADATA).entrySet()) {
            if (!(member.getValue() instanceof String text)) {
                throw new CheckpointException(file, "metadata " + Json.quoted(member.getKey()) + " is not a string.");
            }
            texts.put(member.getKey(), text);
        }
        return texts;
    }

    private static Header.Entry entry(Path file, String name, Object value) throws CheckpointException {
        String what = "tensor " + Json.quoted(name);
        Map<String, Object> members = object(file, value, what);
        if (!(members.get("dtype") instanceof String dtype)) {
            throw new CheckpointException(file, what + " has no dtype.");
        }
        List<Long> shape = longs(file, Json.member(members, "shape"), what + ": shape");
        List<Long> offsets = longs(file, Json.member(members, "data_offsets"), what + ": data_offsets");
        Integer bytes = BYTES.get(dtype);
        if (bytes == null) {
            throw new CheckpointException(
                    file, what + " has the dtype " + Json.quoted(dtype) + ", which is not known.");
        }
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new CheckpointException(file, what + ": data_offsets " + offsets + " are not a range.");
        }
        Header.Entry entry = new Header.Entry(name, dtype, shape, offsets.get(0), offsets.get(1));
        if (bytes(file, what, shape, bytes) != entry.end() - entry.begin()) {
            throw new CheckpointException(
                    file,
                    what + " of shape " + shape + " and dtype " + dtype + " does not fill its "
                            + (entry.end() - entry.begin()) + " bytes.");
        }
        return entry;
    }

    private static long bytes(Path file, String what, List<Long> shape, int each) throws CheckpointException {
        try {
            long product = each;
            for (long extent : shape) {
                product = Math.multiplyExact(product, extent);
            }
            return product;
        } catch (ArithmeticException e) {
            throw new CheckpointException(file, what + " has the shape " + shape + ", which overflows 64 bits.");
        }
    }

    private static List<Long> longs(Path file, Object value, String what) throws CheckpointException {
        List<Long> numbers = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Long number && number >= 0) {
                    numbers.add(number);
                }
            }
            if (numbers.size() == list.size()) {
                return numbers;
            }
        }
        throw new CheckpointException(file, what + " is not a list of integers from 0 on.");
    }

    private static void requireTiled(Path file, Map<String, Header.Entry> entries, long buffer)
            throws CheckpointException {
        List<Header.Entry> sorted = new ArrayList<>(entries.values());
        sorted.sort(Comparator.comparingLong(Header.Entry::begin).thenComparingLong(Header.Entry::end));
        long next = 0;
        for (Header.Entry entry : sorted) {
            if (entry.begin() != next) {
                throw new CheckpointException(
                        file,
                        "tensor " + Json.quoted(entry.name()) + " begins at byte " + entry.begin()
                                + " of the buffer but " + next
                                + " is next; tensors must neither overlap nor leave holes.");
            }
            next = entry.end();
        }
        if (next != buffer) {
            throw new CheckpointException(
                    file,
                    "the tensors take " + next + " bytes but the buffer has " + buffer + "; the file is cut off or "
                            + "something was appended.");
        }
    }

    /**
     * Returns all tensors of a file, in the header's order. F32 and F64 are kept, F16 and BF16 widened to F32.
     *
     * @throws CheckpointException if a tensor is of another dtype or has more than 2^31−1 elements
     */
    public static Map<String, Tensor> tensors(Header header) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (FileChannel channel = FileChannel.open(header.file(), StandardOpenOption.READ)) {
            for (Header.Entry entry : header.entries().values()) {
                tensors.put(entry.name(), tensor(header, entry, channel));
            }
        }
        return tensors;
    }

    private static Tensor tensor(Header header, Header.Entry entry, FileChannel channel) throws IOException {
        long bytes = entry.end() - entry.begin();
        if (bytes > Integer.MAX_VALUE - 16) {
            throw new CheckpointException(
                    header.file(), "tensor " + Json.quoted(entry.name()) + " of " + bytes + " bytes is over 2 GiB.");
        }
        int[] extents = entry.shape().stream().mapToInt(Math::toIntExact).toArray();
        ByteBuffer data = read(header.file(), channel, header.dataStart() + entry.begin(), (int) bytes);
        int count = (int) entry.elements();
        if (entry.dtype().equals("F64")) {
            double[] values = new double[count];
            data.asDoubleBuffer().get(values);
            return Tensor.owning(Shape.of(extents), values);
        }
        float[] values = new float[count];
        switch (entry.dtype()) {
            case "F32" -> data.asFloatBuffer().get(values);
            case "BF16" -> {
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat(data.getShort(2 * i) << 16);
                }
            }
            case "F16" -> {
                for (int i = 0; i < count; i++) {
                    values[i] = half(data.getShort(2 * i));
                }
            }
            default ->
                throw new CheckpointException(
                        header.file(),
                        "tensor " + Json.quoted(entry.name()) + " has the dtype " + entry.dtype()
                                + " but weights must be F32, F64, F16 or BF16.");
        }
        return Tensor.owning(Shape.of(extents), values);
    }

    // IEEE binary16: 1 sign, 5 exponent, 10 fraction bits
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            return (sign < 0 ? -1 : 1) * (fraction * 0x1p-24f);
        }
        int widened = exponent == 0x1f ? 0xff : exponent + 112; // biases 15 and 127
        return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
    }

    /** Writes tensors and metadata; equal content gives equal bytes. */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        List<Map.Entry<String, Tensor>> sorted = new ArrayList<>(tensors.entrySet());
        sorted.sort(Comparator.comparing((Map.Entry<String, Tensor> e) ->
                        -e.getValue().precision().bytes())
                .thenComparing(Map.Entry::getKey)); // as usual writers do: widest first, then by name
        byte[] json = headerText(sorted, metadata).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(json.length)
                    .array());
            out.write(json);
            for (Map.Entry<String, Tensor> entry : sorted) {
                out.write(bytes(entry.getValue()));
            }
        });
    }

    private static String headerText(List<Map.Entry<String, Tensor>> sorted, Map<String, String> metadata) {
        List<String> members = new ArrayList<>();
        List<String> facts = new ArrayList<>();
        new TreeMap<>(metadata).forEach((name, text) -> facts.add(Json.quoted(name) + ":" + Json.quoted(text)));
        members.add(Json.quoted(METADATA) + ":{" + String.join(",", facts) + "}");
        long begin = 0;
        for (Map.Entry<String, Tensor> entry : sorted) {
            Tensor tensor = entry.getValue();
            long end = begin
                    + (long) tensor.shape().elements() * tensor.precision().bytes();
            members.add(Json.quoted(entry.getKey()) + ":{\"dtype\":\""
                    + (tensor.precision() == Precision.FLOAT32 ? "F32" : "F64") + "\",\"shape\":"
                    + tensor.shape().toString().replace(" ", "") + ",\"data_offsets\":[" + begin + "," + end + "]}");
            begin = end;
        }
        String text = "{" + String.join(",", members) + "}";
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return text + " ".repeat((8 - bytes % 8) % 8);
    }

    private static byte[] bytes(Tensor tensor) {
        int count = tensor.shape().elements();
        ByteBuffer buffer = ByteBuffer.allocate(
                        Math.multiplyExact(count, tensor.precision().bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        if (tensor.precision() == Precision.FLOAT32) {
            buffer.asFloatBuffer().put(tensor.toFloats());
        } else {
            buffer.asDoubleBuffer().put(tensor.toDoubles());
        }
        return buffer.array();
    }

    /** Returns the header of a file that must be there. */
    static Header existing(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new MissingFileException(file + ": no such file; check the path.");
        }
        return header(file);
    }

    /**
     * Checks that no value is NaN or infinite.
     *
     * @throws CheckpointException naming the first that is
     */
    public static void requireFinite(Path file, Map<String, Tensor> tensors) throws CheckpointException {
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Optional<Integer> bad = entry.getValue().firstNonFinite();
            if (bad.isPresent()) {
                throw new CheckpointException(
                        file,
                        "tensor " + Json.quoted(entry.getKey()) + " holds "
                                + entry.getValue().get(bad.get()) + " at index " + bad.get()
                                + "; only finite weights can be used.");
            }
        }
    }
}
