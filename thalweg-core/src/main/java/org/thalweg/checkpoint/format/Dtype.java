package org.thalweg.checkpoint.format;

import java.nio.ByteBuffer;

/**
 * How one element is stored, by safetensors' names. Floating-point types of 16 bits are widened to 32, exactly; integers are
 * kept as whole numbers in 64-bit floating point, where they fit.
 */
public enum Dtype {
    /** IEEE 754 binary64. */
    F64(8, Kind.REAL),
    /** IEEE 754 binary32. */
    F32(4, Kind.REAL),
    /** IEEE 754 binary16. */
    F16(2, Kind.REAL),
    /** The upper half of a binary32. */
    BF16(2, Kind.REAL),
    /** Signed 64-bit integer. */
    I64(8, Kind.WHOLE),
    /** Unsigned 64-bit integer. */
    U64(8, Kind.WHOLE),
    /** Signed 32-bit integer. */
    I32(4, Kind.WHOLE),
    /** Unsigned 32-bit integer. */
    U32(4, Kind.WHOLE),
    /** Signed 16-bit integer. */
    I16(2, Kind.WHOLE),
    /** Unsigned 16-bit integer. */
    U16(2, Kind.WHOLE),
    /** Signed 8-bit integer. */
    I8(1, Kind.WHOLE),
    /** Unsigned 8-bit integer. */
    U8(1, Kind.WHOLE),
    /** One byte; any but 0 is true. */
    BOOL(1, Kind.WHOLE),
    /** 8 bits: 1 sign, 5 exponent, 2 fraction; its values are not read. */
    F8_E5M2(1, Kind.UNREAD),
    /** 8 bits: 1 sign, 4 exponent, 3 fraction; its values are not read. */
    F8_E4M3(1, Kind.UNREAD),
    /** Two binary32, real and imaginary part; its values are not read. */
    C64(8, Kind.UNREAD),
    /** Two binary64, real and imaginary part; its values are not read. */
    C128(16, Kind.UNREAD);

    private enum Kind {
        REAL,
        WHOLE,
        UNREAD
    }

    private static final long EXACT = 1L << 53; // integers up to this magnitude are all binary64 values

    private final int bytes;
    private final Kind kind;

    Dtype(int bytes, Kind kind) {
        this.bytes = bytes;
        this.kind = kind;
    }

    /** Returns the size of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Returns whether weights can be of this type. */
    public boolean isReal() {
        return kind == Kind.REAL;
    }

    /** Returns whether values are read at all: real and whole numbers are. */
    public boolean isRead() {
        return kind != Kind.UNREAD;
    }

    /** Returns whether values are kept in 64 bits: F64 and whole numbers are; the other real ones fit 32. */
    public boolean isWide() {
        return this == F64 || kind == Kind.WHOLE;
    }

    /** Takes one element from {@code bytes}, in that buffer's byte order. */
    double element(ByteBuffer bytes) throws FormatException {
        return switch (this) {
            case F64 -> bytes.getDouble();
            case F32 -> bytes.getFloat();
            case F16 -> half(bytes.getShort());
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case I64 -> exact(bytes.getLong());
            case U64 -> unsignedExact(bytes.getLong());
            case I32 -> bytes.getInt();
            case U32 -> Integer.toUnsignedLong(bytes.getInt());
            case I16 -> bytes.getShort();
            case U16 -> Short.toUnsignedInt(bytes.getShort());
            case I8 -> bytes.get();
            case U8 -> Byte.toUnsignedInt(bytes.get());
            case BOOL -> bytes.get() == 0 ? 0 : 1;
            case F8_E5M2, F8_E4M3, C64, C128 ->
                throw new FormatException("elements of type " + this + " are not read.");
        };
    }

    private static double exact(long value) throws FormatException {
        if (value < -EXACT || value > EXACT) {
            throw new FormatException("the integer " + value + " is beyond the 2^53 that are kept exactly.");
        }
        return value;
    }

    private static double unsignedExact(long value) throws FormatException {
        if (value < 0) { // 2^63 or more
            throw new FormatException(
                    "the integer " + Long.toUnsignedString(value) + " is beyond the 2^53 that are kept exactly.");
        }
        return exact(value);
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
}
