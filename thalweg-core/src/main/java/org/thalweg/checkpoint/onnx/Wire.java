package org.thalweg.checkpoint.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.checkpoint.format.FormatException;

/**
 * Steps through the fields of one protobuf message: {@link #next}, then one of the methods that take its value. Submessages are
 * views of the same bytes, so positions are those of the file. One thread.
 */
final class Wire {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private static final int LONGEST_TEXT = 1 << 16;
    private static final int LONGEST_LIST = 1 << 16;

    private final ByteBuffer bytes; // from position to limit
    private int field;
    private int type;

    Wire(ByteBuffer bytes) {
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private FormatException wrong(String what) {
        return new FormatException("is no proper ONNX model: " + what + " at byte " + bytes.position() + ".");
    }

    /** Goes to the next field; false if there is none. The value of the one before must have been taken or skipped. */
    boolean next() throws FormatException {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = rawVarint();
        field = (int) (tag >>> 3);
        type = (int) (tag & 7);
        if (field == 0 || tag >>> 32 != 0) {
            throw wrong("a field has no number");
        }
        return true;
    }

    /** Returns the number of the current field. */
    int field() {
        return field;
    }

    private void require(int wanted) throws FormatException {
        if (type != wanted) {
            throw wrong("field " + field + " has wire type " + type + " but should have " + wanted);
        }
    }

    private void requireLeft(long count) throws FormatException {
        if (count < 0 || count > bytes.remaining()) {
            throw wrong("field " + field + " is longer than what is left; the file is cut off");
        }
    }

    private long rawVarint() throws FormatException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            requireLeft(1);
            byte b = bytes.get();
            value |= shift < 64 ? (b & 0x7fL) << shift : 0;
            if (b >= 0) {
                return value;
            }
        }
        throw wrong("a number has more than ten bytes");
    }

    /** Takes an integer. */
    long integer() throws FormatException {
        require(VARINT);
        return rawVarint();
    }

    /** Takes a binary32. */
    float real() throws FormatException {
        require(FIXED32);
        requireLeft(4);
        return bytes.getFloat();
    }

    /** Takes a submessage, or any bytes. */
    Wire message() throws FormatException {
        require(BYTES);
        long length = rawVarint();
        requireLeft(length);
        ByteBuffer part = bytes.duplicate().limit(bytes.position() + (int) length);
        bytes.position(bytes.position() + (int) length);
        return new Wire(part);
    }

    /** Takes a string. */
    String text() throws FormatException {
        ByteBuffer part = message().bytes;
        if (part.remaining() > LONGEST_TEXT) {
            throw wrong("a string has " + part.remaining() + " bytes");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException e) {
            throw wrong("a string is not UTF-8");
        }
    }

    /** Adds one integer, or a packed list of them, to {@code list}. */
    void integers(List<Long> list) throws FormatException {
        if (type == VARINT) {
            list.add(rawVarint());
        } else {
            Wire packed = message();
            List<Long> more = new ArrayList<>();
            while (packed.bytes.hasRemaining() && more.size() <= LONGEST_LIST) {
                more.add(packed.rawVarint());
            }
            list.addAll(more);
        }
        if (list.size() > LONGEST_LIST) {
            throw wrong("a list has more than " + LONGEST_LIST + " integers");
        }
    }

    /** Passes the current field by. */
    void skip() throws FormatException {
        switch (type) {
            case VARINT -> rawVarint();
            case FIXED64 -> {
                requireLeft(8);
                bytes.position(bytes.position() + 8);
            }
            case FIXED32 -> {
                requireLeft(4);
                bytes.position(bytes.position() + 4);
            }
            case BYTES -> message();
            default -> throw wrong("field " + field + " has wire type " + type + ", which is not known");
        }
    }

    /** Returns where in the file the bytes begin. */
    int position() {
        return bytes.position();
    }

    /** Returns how many bytes there are. */
    int length() {
        return bytes.remaining();
    }
}
