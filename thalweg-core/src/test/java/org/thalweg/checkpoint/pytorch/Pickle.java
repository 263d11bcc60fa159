package org.thalweg.checkpoint.pytorch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds pickles instruction by instruction, wrong ones too. */
final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Returns a pickle that has begun. */
    static Pickle begun() {
        return new Pickle().bytes(0x80, 2);
    }

    Pickle bytes(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
        return this;
    }

    /** Appends ASCII instructions. */
    Pickle ops(String codes) {
        out.writeBytes(codes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Pickle global(String module, String name) {
        return ops("c" + module + "\n" + name + "\n");
    }

    Pickle text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return ops("X").int4(utf8.length).raw(utf8);
    }

    Pickle number(long value) {
        byte[] big = BigInteger.valueOf(value).toByteArray();
        bytes(0x8a, big.length);
        for (int i = big.length - 1; i >= 0; i--) {
            bytes(big[i]);
        }
        return this;
    }

    Pickle int4(int value) {
        return raw(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    Pickle raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Pickle numbers(long... values) {
        ops("(");
        for (long value : values) {
            number(value);
        }
        return ops("t");
    }

    /** Appends a storage. */
    Pickle storage(String type, String key, long elements) {
        return ops("(").text("storage")
                .global("torch", type)
                .text(key)
                .text("cpu")
                .number(elements)
                .ops("tQ");
    }

    /** Appends a tensor of a storage of floats. */
    Pickle tensor(String key, long elements, long offset, long[] shape, long[] strides) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .ops("(")
                .storage("FloatStorage", key, elements)
                .number(offset)
                .numbers(shape)
                .numbers(strides)
                .bytes(0x89)
                .global("collections", "OrderedDict")
                .ops(")RtR");
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    /** Ends the pickle and reads it. */
    Pickled read() throws IOException {
        return Unpickler.read(new PickleInput(new ByteArrayInputStream(ops(".").toBytes())));
    }
}
