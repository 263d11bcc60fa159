package org.thalweg.checkpoint.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/** Writes the pickle of a state dict, protocol 2: an OrderedDict of tensors, each the whole of a storage of its own. */
final class PickleOutput {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Returns the pickle; the i-th tensor's storage has the key i. */
    static byte[] stateDict(Map<String, Tensor> tensors) {
        PickleOutput pickle = new PickleOutput();
        pickle.bytes(0x80, 2);
        pickle.emptyOrderedDict();
        pickle.ops("(");
        int key = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            pickle.text(entry.getKey());
            pickle.tensor(key++, entry.getValue());
        }
        pickle.ops("u.");
        return pickle.out.toByteArray();
    }

    // _rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())
    private void tensor(int key, Tensor tensor) {
        Shape shape = tensor.shape();
        global("torch._utils", "_rebuild_tensor_v2");
        ops("(");
        storage(key, tensor);
        number(0);
        ops("(");
        for (int d = 0; d < shape.rank(); d++) {
            number(shape.extent(d));
        }
        ops("t(");
        for (int d = 0; d < shape.rank(); d++) {
            number(shape.stride(d));
        }
        ops("t");
        bytes(0x89);
        emptyOrderedDict();
        ops("tR");
    }

    private void storage(int key, Tensor tensor) {
        ops("(");
        text("storage");
        global("torch", tensor.precision() == Precision.FLOAT32 ? "FloatStorage" : "DoubleStorage");
        text(Integer.toString(key));
        text("cpu");
        number(tensor.shape().elements());
        ops("tQ");
    }

    private void emptyOrderedDict() {
        global("collections", "OrderedDict");
        ops(")R");
    }

    private void global(String module, String name) {
        ops("c" + module + "\n" + name + "\n");
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ops("X");
        out.writeBytes(little(utf8.length));
        out.writeBytes(utf8);
    }

    private void number(int value) {
        ops("J");
        out.writeBytes(little(value));
    }

    private void ops(String ascii) {
        out.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private void bytes(int... bytes) {
        for (int b : bytes) {
            out.write(b);
        }
    }

    private static byte[] little(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
