package org.thalweg.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A bijection of {0 … n−1}: slot i holds unit {@code get(i)}. Immutable.
 *
 * <p>Applied to a network's units ({@link UnitGroup#relist}) it lists the same units in another order, which leaves the
 * network's outputs as they were.
 */
public final class Permutation {
    private final int[] units;

    private Permutation(int[] units) {
        BitSet seen = new BitSet(units.length);
        for (int unit : units) {
            if (unit < 0 || unit >= units.length || seen.get(unit)) {
                throw new IllegalArgumentException("not a permutation of 0.." + (units.length - 1) + ": entry " + unit
                        + " is out of range or occurs twice.");
            }
            seen.set(unit);
        }
        this.units = units;
    }

    /**
     * Returns the permutation that puts unit {@code units[i]} into slot i; the array is copied.
     *
     * @throws IllegalArgumentException if an entry is missing or occurs twice
     */
    public static Permutation of(int... units) {
        return new Permutation(units.clone());
    }

    /** Returns the permutation of {@code size} units that moves none. */
    public static Permutation identity(int size) {
        int[] units = new int[size];
        Arrays.setAll(units, i -> i);
        return new Permutation(units);
    }

    /** Returns n. */
    public int size() {
        return units.length;
    }

    /** Returns the unit that slot {@code slot} holds. */
    public int get(int slot) {
        return units[slot];
    }

    /** Returns the permutation q with q(p(i)) = i. */
    public Permutation inverse() {
        int[] inverse = new int[units.length];
        for (int slot = 0; slot < units.length; slot++) {
            inverse[units[slot]] = slot;
        }
        return new Permutation(inverse);
    }

    /** Two slots that exchange what they hold. */
    public record Swap(int first, int second) {}

    /**
     * Returns the swaps of slots that bring every unit i to slot i, in order: for i = 0 … n−1, if slot i does not hold
     * unit i, it swaps with the slot that does. A cycle of length m takes m−1 swaps; O(n).
     */
    public List<Swap> swaps() {
        int[] held = units.clone();
        int[] slotOf = inverse().units;
        List<Swap> swaps = new ArrayList<>();
        for (int slot = 0; slot < held.length; slot++) {
            int other = slotOf[slot];
            if (other != slot) {
                swaps.add(new Swap(slot, other));
                int moved = held[slot];
                held[slot] = slot;
                held[other] = moved;
                slotOf[moved] = other;
                slotOf[slot] = slot;
            }
        }
        return List.copyOf(swaps);
    }

    /** Returns a copy of the entries: unit of slot 0, 1, … */
    public int[] toArray() {
        return units.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permutation permutation && Arrays.equals(units, permutation.units);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(units);
    }

    @Override
    public String toString() {
        return units.length <= 20 ? Arrays.toString(units) : "permutation of " + units.length;
    }
}
