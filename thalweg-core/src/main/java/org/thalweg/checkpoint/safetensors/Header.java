package org.thalweg.checkpoint.safetensors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Json;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.format.TensorArchive;

/**
 * What the JSON of a file says, checked in full: ranges tile the buffer, shapes fit ranges, names are unique.
 *
 * @param metadata free text by name
 * @param blocks the tensors by name, in the header's order
 */
record Header(Map<String, String> metadata, Map<String, Block> blocks) {
    private static final String METADATA = "__metadata__";

    /**
     * Reads a header.
     *
     * @param json its bytes
     * @param buffer length of what follows it in the file
     * @throws FormatException if it is not proper or does not describe a buffer of this length
     */
    static Header parse(byte[] json, long buffer) throws FormatException {
        Map<String, Object> members = object(parsed(json), "the header");
        if (members.size() > TensorArchive.MOST_TENSORS + 1) {
            throw TensorArchive.tooMany(members.size());
        }
        Map<String, String> metadata = new TreeMap<>();
        Map<String, Block> blocks = new LinkedHashMap<>();
        for (Map.Entry<String, Object> member : members.entrySet()) {
            if (member.getKey().equals(METADATA)) {
                metadata.putAll(metadata(member.getValue()));
            } else {
                blocks.put(member.getKey(), block(member.getKey(), member.getValue()));
            }
        }
        requireTiled(blocks, buffer);
        return new Header(metadata, blocks);
    }

    private static Object parsed(byte[] json) throws FormatException {
        try {
            return Json.parse(json);
        } catch (Json.JsonException e) {
            throw new FormatException("the header is not proper JSON: " + e.getMessage() + ".");
        }
    }

    @SuppressWarnings("unchecked") // Json makes maps of strings only
    private static Map<String, Object> object(Object value, String what) throws FormatException {
        if (!(value instanceof Map)) {
            throw new FormatException(what + " is not a JSON object.");
        }
        return (Map<String, Object>) value;
    }

    private static Map<String, String> metadata(Object value) throws FormatException {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, Object> member : object(value, METADATA).entrySet()) {
            if (!(member.getValue() instanceof String text)) {
                throw new FormatException("metadata " + Quote.of(member.getKey()) + " is not a string.");
            }
            texts.put(member.getKey(), text);
        }
        return texts;
    }

    private static Block block(String name, Object value) throws FormatException {
        String what = "tensor " + Quote.of(name);
        Map<String, Object> members = object(value, what);
        Dtype dtype = dtype(what, Json.member(members, "dtype"));
        Entry entry = Entry.checked(name, dtype, longs(Json.member(members, "shape"), what + ": shape"));
        List<Long> offsets = longs(Json.member(members, "data_offsets"), what + ": data_offsets");
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new FormatException(what + ": data_offsets " + offsets + " are not a range.");
        }
        Block block = new Block(entry, offsets.get(0), offsets.get(1));
        if (entry.bytes() != block.end() - block.begin()) {
            throw new FormatException(what + " of shape " + entry.shapeText() + " and dtype " + dtype
                    + " does not fill its " + (block.end() - block.begin()) + " bytes.");
        }
        return block;
    }

    private static Dtype dtype(String what, Object value) throws FormatException {
        if (!(value instanceof String name)) {
            throw new FormatException(what + " has no dtype.");
        }
        Optional<Dtype> dtype =
                Arrays.stream(Dtype.values()).filter(d -> d.name().equals(name)).findFirst();
        return dtype.orElseThrow(
                () -> new FormatException(what + " has the dtype " + Quote.of(name) + ", which is not known."));
    }

    private static List<Long> longs(Object value, String what) throws FormatException {
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
        throw new FormatException(what + " is not a list of integers from 0 on.");
    }

    private static void requireTiled(Map<String, Block> blocks, long buffer) throws FormatException {
        List<Block> sorted = new ArrayList<>(blocks.values());
        sorted.sort(Comparator.comparingLong(Block::begin).thenComparingLong(Block::end));
        long next = 0;
        for (Block block : sorted) {
            if (block.begin() != next) {
                throw new FormatException("tensor " + Quote.of(block.entry().name()) + " begins at byte "
                        + block.begin() + " of the buffer but " + next
                        + " is next; tensors must neither overlap nor leave holes.");
            }
            next = block.end();
        }
        if (next != buffer) {
            throw new FormatException("the tensors take " + next + " bytes but the buffer has " + buffer
                    + "; the file is cut off or something was appended.");
        }
    }
}
