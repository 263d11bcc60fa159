package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one whole, which any number of threads take one after another. When a piece fails, none is begun any more, and
 * those that run are waited for: they read native memory that their caller frees as soon as it hears of the failure.
 */
final class Pieces<T> {
    private static final int NONE = -1;

    private final int count;
    private final IntFunction<T> task;

    // guarded by this
    private final SortedMap<Integer, T> results = new TreeMap<>();
    private int next;
    private int running;
    private boolean stopped;
    private int failed = Integer.MAX_VALUE; // the first piece that failed: those before it were begun before it
    private @Nullable Throwable failure;

    Pieces(int count, IntFunction<T> task) {
        this.count = count;
        this.task = task;
    }

    /** Runs pieces on the calling thread until none is left to begin. Throws nothing that a piece throws. */
    void take() {
        for (int i = begin(); i != NONE; i = begin()) {
            try {
                end(i, task.apply(i));
            } catch (RuntimeException | Error e) {
                fail(i, e);
            }
        }
    }

    private synchronized int begin() {
        if (stopped || next == count) {
            return NONE;
        }
        running++;
        return next++;
    }

    private synchronized void end(int index, T result) {
        results.put(index, result);
        running--;
        notifyAll();
    }

    private synchronized void fail(int index, Throwable cause) {
        if (index < failed) {
            failed = index;
            failure = cause;
        }
        stopped = true;
        running--;
        notifyAll();
    }

    /** Begins no further piece; if some are left, who waits for the results is told {@code why}. */
    synchronized void stop(EngineException why) {
        if (next < count && !stopped) {
            stopped = true;
            failure = why;
            notifyAll();
        }
    }

    /** Waits for all pieces and returns their results in order, or throws what the first piece threw that failed. */
    synchronized List<T> results() {
        boolean interrupted = Thread.interrupted();
        stopped |= interrupted;
        while (running > 0 || !(stopped || next == count)) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // what runs is still waited for
                stopped = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("Interrupted while computing.", new InterruptedException());
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new ArrayList<>(results.values());
    }
}
