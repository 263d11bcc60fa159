package org.thalweg.checkpoint.pytorch;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.pytorch.Pickled.External;
import org.thalweg.checkpoint.pytorch.Pickled.Global;
import org.thalweg.checkpoint.pytorch.Pickled.Int;
import org.thalweg.checkpoint.pytorch.Pickled.Text;
import org.thalweg.checkpoint.pytorch.Pickled.Tuple;

/**
 * A run of elements that tensors are views of.
 *
 * @param key its name in the file
 * @param dtype how its elements are stored
 * @param elements how many there are
 */
record Storage(String key, Dtype dtype, long elements) {
    private static final Map<String, Dtype> TYPES = types();

    private static Map<String, Dtype> types() {
        Map<String, Dtype> types = new HashMap<>();
        types.put("DoubleStorage", Dtype.F64);
        types.put("FloatStorage", Dtype.F32);
        types.put("HalfStorage", Dtype.F16);
        types.put("BFloat16Storage", Dtype.BF16);
        types.put("LongStorage", Dtype.I64);
        types.put("IntStorage", Dtype.I32);
        types.put("ShortStorage", Dtype.I16);
        types.put("CharStorage", Dtype.I8);
        types.put("ByteStorage", Dtype.U8);
        types.put("BoolStorage", Dtype.BOOL);
        types.put("ComplexFloatStorage", Dtype.C64);
        types.put("ComplexDoubleStorage", Dtype.C128);
        types.put("UntypedStorage", Dtype.U8); // counted in bytes
        return types;
    }

    /** A storage, and where in it the part that is meant begins: not at 0 in files before 0.4 that share parts. */
    record Reference(Storage storage, long offset) {}

    /**
     * Returns the storage that {@code external} means: {@code ('storage', class, key, location, elements)}, in the legacy
     * layout with a sixth field, None or {@code (key, offset, elements)} of the part that is meant.
     *
     * @throws FormatException if it is no storage, or one of a type that is not known
     */
    static Reference referredBy(External external) throws FormatException {
        List<Pickled> id = external.id().items();
        if (id.size() < 5
                || !id.get(0).equals(new Text("storage"))
                || !(id.get(1) instanceof Global type)
                || !(id.get(2) instanceof Text key)) {
            throw new FormatException("its pickle refers to something outside of it that is no storage.");
        }
        Dtype dtype = TYPES.get(type.name());
        if (dtype == null || !type.module().startsWith("torch")) {
            throw new FormatException(
                    "storage " + Quote.of(key.value()) + " is of type " + type + ", which is not read.");
        }
        long elements = count(id.get(4), "a storage's size");
        long offset = 0;
        if (id.size() > 5 && id.get(5) instanceof Tuple part && part.items().size() == 3) {
            offset = count(part.items().get(1), "a storage's offset");
        }
        return new Reference(new Storage(key.value(), dtype, elements), offset);
    }

    /** Returns the length in bytes. */
    long bytes() {
        return elements * dtype.bytes();
    }

    /**
     * Returns an integer that counts something.
     *
     * @throws FormatException if it is none, is negative or does not fit 63 bits with room for an element's size
     */
    static long count(Pickled value, String what) throws FormatException {
        if (value instanceof Int count
                && count.value().signum() >= 0
                && count.value().bitLength() < 58) {
            return count.value().longValueExact();
        }
        throw new FormatException(
                what + (value instanceof Int n ? " is out of range: " + shortened(n.value()) : " is no integer") + ".");
    }

    private static String shortened(BigInteger value) {
        return value.bitLength() > 100 ? "an integer of " + value.bitLength() + " bits" : value.toString();
    }
}
