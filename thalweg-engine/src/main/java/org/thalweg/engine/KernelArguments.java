package org.thalweg.engine;

import org.bytedeco.javacpp.BoolPointer;

/** Arguments in the forms that libtorch's kernels take. */
final class KernelArguments {
    private KernelArguments() {}

    /** Returns an extent for height and for width. */
    static long[] both(int extent) {
        return new long[] {extent, extent};
    }

    /** Returns which gradients a backward kernel shall compute. */
    static BoolPointer wanted(boolean input, boolean weight, boolean bias) {
        BoolPointer wanted = new BoolPointer(3);
        wanted.put(0, input).put(1, weight).put(2, bias);
        return wanted;
    }
}
