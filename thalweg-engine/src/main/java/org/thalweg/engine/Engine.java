package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/**
 * The threads that compute: parallel outside, serial inside.
 *
 * <p>Kernels use one thread; independent pieces of work (networks, pairs, blocks of examples) run side by side on the
 * engine's own threads. Pieces have fixed sizes and results come back in their order, so outputs have the same bits for
 * any number of threads. Safe for use by many threads; close it when done.
 */
public final class Engine implements AutoCloseable {
    private static final ThreadLocal<Boolean> WORKER = ThreadLocal.withInitial(() -> false);

    private final int threads;
    private final int engines; // that share the process's memory, this one included
    private final ExecutorService workers;
    private final AtomicInteger idle; // workers without work; negative while work waits for workers
    private final Set<Pieces<?>> active = ConcurrentHashMap.newKeySet();

    private Engine(int threads, int engines) {
        this.threads = threads;
        this.engines = engines;
        this.idle = new AtomicInteger(threads);
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "thalweg-worker-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Loads the native libraries and starts the workers.
     *
     * @param threads number of workers, positive
     * @throws EngineException if there are no native libraries for this machine
     */
    public static Engine start(int threads) {
        return sharing(threads, 1);
    }

    /**
     * Does the same for one of several engines that are at work in this process at a time: each keeps its part of the memory.
     *
     * @param engines how many there are, this one included, positive
     */
    public static Engine sharing(int threads, int engines) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + " but must be positive.");
        }
        if (engines < 1) {
            throw new IllegalArgumentException("engines is " + engines + " but must be positive.");
        }
        Natives.loadForThisThread();
        return new Engine(threads, engines);
    }

    /** Returns the number of workers. */
    public int threads() {
        return threads;
    }

    /**
     * Returns how many bytes one worker may keep in native memory to save work: half of what the process may use, shared
     * evenly among the workers of its engines.
     */
    public long cacheBytes() {
        long limit = Pointer.maxPhysicalBytes();
        long machine = Pointer.totalPhysicalBytes();
        return (limit > 0 ? Math.min(limit, machine) : machine) / 2 / threads / engines;
    }

    /** Returns the bytes of all native tensors that are open now, in the whole process; 0 when nothing leaks. */
    public static long liveBytes() {
        return DeviceTensor.liveBytes();
    }

    /** Returns the most that {@link #liveBytes} has been since the process began. */
    public static long peakBytes() {
        return DeviceTensor.peakBytes();
    }

    /**
     * Runs {@code task} for 0 … count−1 on the workers and returns the results in that order. Called from a worker it runs
     * them on that worker, which idle ones help: what is outside has workers first, what is inside those that are left. Each
     * call of {@code task} has a {@link Scope} of its own, so its result must not be native. When one fails, no further one
     * is begun, and all that were are waited for.
     *
     * @throws EngineException if a kernel fails; other exceptions of the task are thrown as they are, the first one's in order
     * @throws IllegalStateException if the engine is closed
     */
    public <T> List<T> inOrder(int count, IntFunction<T> task) {
        if (workers.isShutdown()) {
            throw new IllegalStateException("the engine is closed; start another.");
        }
        boolean inside = WORKER.get();
        int helpers = count < 2 || threads == 1 ? 0 : inside ? claimed(count - 1) : handed(Math.min(count, threads));
        if (helpers == 0) {
            List<T> results = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                results.add(inScope(task, i));
            }
            return results;
        }
        Pieces<T> pieces = new Pieces<>(count, index -> inScope(task, index));
        active.add(pieces);
        try {
            for (int i = 0; i < helpers; i++) {
                workers.execute(() -> help(pieces));
            }
            if (inside) {
                pieces.take();
            }
            return pieces.results();
        } finally {
            active.remove(pieces);
        }
    }

    /** Returns how many idle workers, at most {@code wanted}, are the caller's now. */
    private int claimed(int wanted) {
        int before = idle.getAndUpdate(free -> free - Math.max(0, Math.min(free, wanted)));
        return Math.max(0, Math.min(before, wanted));
    }

    /** Counts work that is handed to workers, whether they are idle or not; returns {@code count}. */
    private int handed(int count) {
        idle.addAndGet(-count);
        return count;
    }

    private void help(Pieces<?> pieces) {
        WORKER.set(true);
        try {
            pieces.take();
        } finally {
            idle.incrementAndGet();
        }
    }

    /** Runs {@code task} on the calling thread, in a {@link Scope} of its own, its kernels limited to that thread. */
    public <T> T alone(Supplier<T> task) {
        return here(task);
    }

    /**
     * Runs {@code task} on the calling thread as {@link #alone} does, for values that compute when they are asked and hold no
     * engine; loads the native libraries if nothing has yet.
     */
    public static <T> T here(Supplier<T> task) {
        return inScope(index -> task.get(), 0);
    }

    private static <T> T inScope(IntFunction<T> task, int index) {
        Natives.loadForThisThread();
        try (Scope scope = Scope.open()) {
            return Kernel.run("a computation", () -> task.apply(index));
        }
    }

    /** Stops the workers; work that runs is not waited for, and who waits for work that did not begin is told. */
    @Override
    public void close() {
        workers.shutdownNow();
        active.forEach(pieces -> pieces.stop(
                new EngineException("The engine was closed while it was computing.", new CancellationException())));
    }
}
