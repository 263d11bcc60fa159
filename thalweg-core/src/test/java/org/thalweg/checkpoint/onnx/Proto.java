package org.thalweg.checkpoint.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds protobuf messages field by field, wrong ones too. */
final class Proto {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Returns a model with this graph. */
    static byte[] model(Proto graph) {
        return new Proto().number(1, 7).message(7, graph).toBytes();
    }

    /** Returns a tensor of floats. */
    static Proto floats(String name, long[] dims, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return header(name, 1, dims).bytes(9, raw.array());
    }

    /** Returns a tensor without elements yet. */
    static Proto header(String name, int type, long... dims) {
        Proto tensor = new Proto();
        for (long dim : dims) {
            tensor.number(1, dim);
        }
        return tensor.number(2, type).text(8, name);
    }

    /** Returns an operation with one output, of inputs that are divided by spaces. */
    static Proto node(String operator, String inputs, String output, Proto... attributes) {
        Proto node = new Proto();
        for (String input : inputs.split(" ", -1)) {
            node.text(1, input);
        }
        node.text(2, output).text(4, operator);
        for (Proto attribute : attributes) {
            node.message(5, attribute);
        }
        return node;
    }

    /** Returns an attribute of integers. */
    static Proto integers(String name, long... values) {
        Proto attribute = new Proto().text(1, name);
        for (long value : values) {
            attribute.number(values.length == 1 ? 3 : 8, value);
        }
        return attribute;
    }

    /** Returns an attribute of one real. */
    static Proto real(String name, float value) {
        return new Proto().text(1, name).real(2, value);
    }

    /** Returns a value with a shape; of a negative extent nothing is said. */
    static Proto value(String name, long... dims) {
        Proto shape = new Proto();
        for (long dim : dims) {
            shape.message(1, dim < 0 ? new Proto().text(2, "n") : new Proto().number(1, dim));
        }
        Proto type = new Proto().message(1, new Proto().number(1, 1).message(2, shape));
        return new Proto().text(1, name).message(2, type);
    }

    Proto number(int field, long value) {
        return varint(8L * field).varint(value);
    }

    Proto real(int field, float value) {
        varint(8L * field + 5);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    Proto text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Proto message(int field, Proto message) {
        return bytes(field, message.toBytes());
    }

    Proto bytes(int field, byte[] bytes) {
        varint(8L * field + 2).varint(bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    Proto varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
