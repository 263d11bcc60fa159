package org.thalweg.assign;

import java.util.Arrays;

/** A priority queue of the numbers 0 … capacity−1, each at most once: a binary heap; equal keys leave by number. */
final class IndexQueue {
    private static final int ABSENT = -1;

    private final double[] keys; // by number
    private final int[] positions; // by number, in the heap
    private final int[] heap;
    private int size;

    IndexQueue(int capacity) {
        keys = new double[capacity];
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
    }

    /** Adds a number, or lowers its key. */
    void offer(int number, double key) {
        int position = positions[number] == ABSENT ? size++ : positions[number];
        keys[number] = key;
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
        return keys[a] < keys[b] || (keys[a] == keys[b] && a < b);
    }
}
