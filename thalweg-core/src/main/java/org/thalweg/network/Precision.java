package org.thalweg.network;

/** How many bits one weight has. */
public enum Precision {
    /** IEEE 754 binary32; what networks are trained in. */
    FLOAT32(4),
    /** IEEE 754 binary64; kept as it is when a file brings it, and used to check the arithmetic itself. */
    FLOAT64(8);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the size of one value in bytes. */
    public int bytes() {
        return bytes;
    }
}
