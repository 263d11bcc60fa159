package org.thalweg.checkpoint.pytorch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.Entry;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Quote;
import org.thalweg.checkpoint.pytorch.Pickled.Call;
import org.thalweg.checkpoint.pytorch.Pickled.Dict;
import org.thalweg.checkpoint.pytorch.Pickled.External;
import org.thalweg.checkpoint.pytorch.Pickled.Global;
import org.thalweg.checkpoint.pytorch.Pickled.Sequence;
import org.thalweg.checkpoint.pytorch.Pickled.Tuple;

/**
 * Understands the calls by which PyTorch would rebuild a tensor: {@code torch._utils._rebuild_tensor_v2(storage, offset,
 * shape, strides, …)} and those that wrap it. Those of sparse, quantised and meta tensors are known as tensors and refused.
 */
final class Rebuild {
    private static final String UTILS = "torch._utils";

    private static final Set<Global> STRIDED = Set.of(
            new Global(UTILS, "_rebuild_tensor"),
            new Global(UTILS, "_rebuild_tensor_v2"),
            new Global(UTILS, "_rebuild_tensor_v3"));

    private static final Set<Global> PARAMETER =
            Set.of(new Global(UTILS, "_rebuild_parameter"), new Global(UTILS, "_rebuild_parameter_with_state"));

    private static final Global FROM_TYPE = new Global("torch._tensor", "_rebuild_from_type_v2");

    private static final Map<String, Dtype> DTYPES = dtypes();

    /** Wrappers stand once or twice around a tensor; more is a trap. */
    private static final int MOST_WRAPPERS = 8;

    private Rebuild() {}

    private static Map<String, Dtype> dtypes() {
        Map<String, Dtype> dtypes = new HashMap<>();
        dtypes.put("float64", Dtype.F64);
        dtypes.put("float32", Dtype.F32);
        dtypes.put("float16", Dtype.F16);
        dtypes.put("bfloat16", Dtype.BF16);
        dtypes.put("int64", Dtype.I64);
        dtypes.put("int32", Dtype.I32);
        dtypes.put("int16", Dtype.I16);
        dtypes.put("int8", Dtype.I8);
        dtypes.put("uint64", Dtype.U64);
        dtypes.put("uint32", Dtype.U32);
        dtypes.put("uint16", Dtype.U16);
        dtypes.put("uint8", Dtype.U8);
        dtypes.put("bool", Dtype.BOOL);
        dtypes.put("complex64", Dtype.C64);
        dtypes.put("complex128", Dtype.C128);
        dtypes.put("float8_e4m3fn", Dtype.F8_E4M3);
        dtypes.put("float8_e5m2", Dtype.F8_E5M2);
        return dtypes;
    }

    /** Returns whether {@code value} is a call that rebuilds a tensor of any kind. */
    static boolean isTensor(Pickled value) {
        return value instanceof Call call
                && (call.function().equals(FROM_TYPE)
                        || (call.function().module().equals(UTILS)
                                && call.function().name().startsWith("_rebuild_")));
    }

    /**
     * Returns the view that a call for which {@link #isTensor} holds would rebuild.
     *
     * @throws FormatException if it is of a kind that is not read, or its arguments do not fit
     */
    static View view(String name, Call call) throws FormatException {
        Call inner = call;
        for (int wrappers = 0; wrappers < MOST_WRAPPERS; wrappers++) {
            if (STRIDED.contains(inner.function())) {
                return strided(name, inner);
            }
            inner = unwrapped(name, inner);
        }
        throw new FormatException("tensor " + Quote.of(name) + " is wrapped more than " + MOST_WRAPPERS + " times.");
    }

    private static Call unwrapped(String name, Call call) throws FormatException {
        List<Pickled> arguments = call.arguments();
        if (PARAMETER.contains(call.function()) && !arguments.isEmpty() && arguments.get(0) instanceof Call data) {
            return data;
        }
        // (function, type, arguments, state): function(*arguments), seen as type
        if (call.function().equals(FROM_TYPE)
                && arguments.size() == 4
                && arguments.get(0) instanceof Global function
                && arguments.get(1) instanceof Global type
                && type.module().startsWith("torch")
                && arguments.get(2) instanceof Tuple inner) {
            return new Call(function, inner.items());
        }
        throw new FormatException("tensor " + Quote.of(name) + " would be rebuilt by " + call.function()
                + ", which is not read; save it as a plain dense tensor.");
    }

    // (storage, offset, shape, strides[, requires_grad, hooks[, dtype in v3][, metadata]])
    private static View strided(String name, Call call) throws FormatException {
        List<Pickled> arguments = call.arguments();
        boolean typed = call.function().name().endsWith("_v3");
        if (arguments.size() < (typed ? 7 : 4) || !(arguments.get(0) instanceof External external)) {
            throw new FormatException("tensor " + Quote.of(name) + " lacks arguments of " + call.function() + ".");
        }
        if (arguments.get(arguments.size() - 1) instanceof Dict flags
                && arguments.size() > (typed ? 7 : 6)
                && !flags.items().isEmpty()) {
            throw new FormatException(
                    "tensor " + Quote.of(name)
                            + " is a conjugated or negated view, which is not read; save it after resolve_conj() or resolve_neg().");
        }
        Storage.Reference reference = Storage.referredBy(external);
        Storage storage = reference.storage();
        if (typed) {
            Dtype dtype = dtype(name, arguments.get(6));
            storage = new Storage(storage.key(), dtype, storage.bytes() / dtype.bytes());
        }
        return View.checked(
                Entry.checked(name, storage.dtype(), counts(name, arguments.get(2), "shape")),
                storage,
                reference.offset() + Storage.count(arguments.get(1), "the offset of tensor " + Quote.of(name)),
                counts(name, arguments.get(3), "strides"));
    }

    private static Dtype dtype(String name, Pickled value) throws FormatException {
        Dtype dtype =
                value instanceof Global global && global.module().equals("torch") ? DTYPES.get(global.name()) : null;
        if (dtype == null) {
            throw new FormatException("tensor " + Quote.of(name) + " has an element type that is not known.");
        }
        return dtype;
    }

    private static List<Long> counts(String name, Pickled value, String what) throws FormatException {
        if (!(value instanceof Tuple || value instanceof Sequence || value instanceof Call)) { // torch.Size is a Call
            throw new FormatException("tensor " + Quote.of(name) + ": " + what + " is no tuple.");
        }
        List<Pickled> items = value.parts();
        if (value instanceof Call && items.size() == 1 && items.get(0) instanceof Tuple inner) {
            items = inner.items();
        }
        List<Long> counts = new ArrayList<>();
        for (Pickled item : items) {
            counts.add(Storage.count(item, what + " of tensor " + Quote.of(name)));
        }
        return counts;
    }
}
