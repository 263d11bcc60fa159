package org.thalweg.checkpoint.format;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages bytes the way that finds errors in parsers: bits, interesting bytes, pieces cut out, doubled or cut off. */
public final class Mutation {
    private static final int[] INTERESTING = {0, 1, 0x7f, 0x80, 0xff, '(', ']', '}', 'R', 'h', 0x85, 0x8a};

    private final SplittableRandom random;

    /** Every seed gives one sequence of mutations. */
    public Mutation(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Returns a damaged copy. */
    public byte[] of(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        int length = 1 + random.nextInt(Math.min(16, bytes.length - at));
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) INTERESTING[random.nextInt(INTERESTING.length)];
            case 2 -> bytes[at] = (byte) random.nextInt(256);
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                return joined(bytes, at, at + length);
            }
            default -> {
                return joined(bytes, at + length, at);
            }
        }
        return bytes;
    }

    /** Returns bytes up to {@code end}, then those from {@code start}: without a piece, or with one doubled. */
    private static byte[] joined(byte[] bytes, int end, int start) {
        byte[] joined = Arrays.copyOf(bytes, end + bytes.length - start);
        System.arraycopy(bytes, start, joined, end, bytes.length - start);
        return joined;
    }
}
