package org.thalweg.assign;

import java.util.Arrays;

/**
 * A priority queue of the numbers 0 … capacity−1, each at most once: a binary heap.
 *
 * <p>Of equal keys, numbers below a given one leave first, and among these, as among the others, the last offered leaves
 * first: where all paths are equally long, a search then goes on from where it is, instead of widening all round.
 */
final class IndexQueue {
    private static final int ABSENT = -1;

    private final double[] keys; // by number
    private final int[] positions; // by number, in the heap
    private final int[] offered; // by number, when
    private final int[] heap;
    private final int early;
    private int size;
    private int offers;

    /**
     * Creates an empty queue.
     *
     * @param early of equal keys, numbers below it leave first
     */
    IndexQueue(int capacity, int early) {
        this.early = early;
        keys = new double[capacity];
        offered = new int[capacity];
        positions = new int[capacity];
        heap = new int[capacity];
        Arrays.fill(positions, ABSENT);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Returns the least key of a queue that is not empty. */
    double leastKey() {
        return keys[heap[0]];
    }

    void clear() {
        for (int k = 0; k < size; k++) {
            positions[heap[k]] = ABSENT;
        }
        size = 0;
        offers = 0;
    }

    /** Adds a number, or lowers its key. */
    void offer(int number, double key) {
        int position = positions[number] == ABSENT ? size++ : positions[number];
        keys[number] = key;
        offered[number] = offers++;
        while (position > 0) {
            int parent = (position - 1) >>> 1;
            if (!precedes(number, heap[parent])) {
                break;
            }
            put(heap[parent], position);
            position = parent;
        }
        put(number, position);
    }

    /** Removes and returns the number of least key. */
    int take() {
        int taken = heap[0];
        positions[taken] = ABSENT;
        int moved = heap[--size];
        if (size > 0) {
            sink(moved);
        }
        return taken;
    }

    private void sink(int number) {
        int position = 0;
        for (int child = 1; child < size; child = 2 * position + 1) {
            if (child + 1 < size && precedes(heap[child + 1], heap[child])) {
                child++;
            }
            if (!precedes(heap[child], number)) {
                break;
            }
            put(heap[child], position);
            position = child;
        }
        put(number, position);
    }

    private void put(int number, int position) {
        heap[position] = number;
        positions[number] = position;
    }

    private boolean precedes(int a, int b) {
        if (keys[a] != keys[b]) {
            return keys[a] < keys[b];
        }
        boolean aIsEarly = a < early;
        return aIsEarly == b < early ? offered[a] > offered[b] : aIsEarly;
    }
}
