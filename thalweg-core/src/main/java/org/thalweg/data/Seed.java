package org.thalweg.data;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Where randomness comes from: one root seed, and children of it by stable names, so that no draw depends on the order of
 * other draws.
 *
 * @param value any 64 bits
 */
public record Seed(long value) {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Returns the seed of this name under this one: the mixed bits of FNV-1a over the parent's value and the name. */
    public Seed child(String name) {
        long hash = FNV_BASIS;
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (value >>> shift & 0xff)) * FNV_PRIME;
        }
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return new Seed(mixed(hash));
    }

    // The finaliser of SplitMix64 (Steele, Lea & Flood 2014): near names get far seeds.
    private static long mixed(long bits) {
        long z = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Returns a new source of random numbers that starts at this seed; the same numbers on every machine. */
    public SplittableRandom random() {
        return new SplittableRandom(value);
    }

    /**
     * Returns 0 … n−1 in random order (Fisher and Yates). O(n).
     *
     * @throws IllegalArgumentException if n is negative
     */
    public int[] shuffled(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("the number of items to shuffle is " + n + " but must not be negative.");
        }
        SplittableRandom random = random();
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
