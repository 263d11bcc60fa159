package org.thalweg.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of one whole, run by workers. When a piece fails, none is begun any more, and those that run are waited for:
 * they read native memory that their caller frees as soon as it hears of the failure.
 */
final class Pieces<T> {
    private final List<Future<Optional<T>>> futures = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private @Nullable Throwable failure; // of the first piece that failed, in their order
    private boolean interrupted;

    /** Hands pieces 0 … count−1 to the workers, which begin them in this order. */
    Pieces(ExecutorService workers, int count, IntFunction<T> task) {
        for (int i = 0; i < count; i++) {
            int index = i;
            futures.add(workers.submit(() -> stopped.get() ? Optional.empty() : Optional.of(run(task, index))));
        }
    }

    private T run(IntFunction<T> task, int index) {
        try {
            return task.apply(index);
        } catch (RuntimeException | Error e) {
            stopped.set(true);
            throw e;
        }
    }

    /** Waits for all pieces and returns their results in order, or throws what the first piece threw that failed. */
    List<T> results() {
        if (Thread.interrupted()) { // pieces that are done already would hide it: their futures no longer wait
            interrupted = true;
            stopped.set(true);
        }
        List<T> results = new ArrayList<>(futures.size());
        for (Future<Optional<T>> future : futures) {
            result(future).ifPresent(results::add);
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
        return results;
    }

    private Optional<T> result(Future<Optional<T>> future) {
        while (true) {
            try {
                return future.get();
            } catch (InterruptedException e) {
                interrupted = true; // what runs is still waited for
                stopped.set(true);
            } catch (CancellationException e) {
                fail(new EngineException("The engine was closed while it was computing.", e));
                return Optional.empty();
            } catch (ExecutionException e) {
                fail(e.getCause());
                return Optional.empty();
            }
        }
    }

    private void fail(@Nullable Throwable cause) {
        failure = failure == null ? cause : failure;
    }
}
