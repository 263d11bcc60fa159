package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.network.Precision;

class EngineTest {
    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void resultsComeInTheOrderOfThePieces(int threads) {
        try (Engine engine = Engine.start(threads)) {
            assertThat(engine.inOrder(50, i -> i * i)).hasSize(50).element(7).isEqualTo(49);
            assertThat(engine.inOrder(0, i -> i)).isEmpty();
        }
    }

    @Test
    void piecesRunSideBySide() {
        CountDownLatch both = new CountDownLatch(2);
        try (Engine engine = Engine.start(2)) {
            List<String> threads = engine.inOrder(2, i -> {
                both.countDown();
                await(both); // returns only if the other piece has begun too
                return Thread.currentThread().getName();
            });

            assertThat(threads).containsExactlyInAnyOrder("thalweg-worker-1", "thalweg-worker-2");
        }
    }

    @Test
    void piecesOfAPieceRunOnItsOwnWorkerWhileAllAreBusy() {
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(2);
        try (Engine engine = Engine.start(2)) {
            List<Set<Long>> threads = engine.inOrder(2, i -> {
                busy.countDown();
                await(busy);
                Set<Long> inner = ConcurrentHashMap.newKeySet();
                inner.add(Thread.currentThread().getId());
                engine.inOrder(10, j -> inner.add(Thread.currentThread().getId()));
                done.countDown();
                await(done);
                return inner;
            });

            assertThat(threads).allSatisfy(inner -> assertThat(inner).hasSize(1));
        }
    }

    @Test
    void idleWorkersHelpWithThePiecesOfAPiece() {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch both = new CountDownLatch(2);
        try (Engine engine = Engine.start(3)) {
            List<List<String>> threads = engine.inOrder(2, i -> {
                if (i == 0) {
                    await(first);
                    return List.of();
                }
                List<String> inner = engine.inOrder(2, j -> {
                    both.countDown();
                    await(both); // returns only if the other piece has begun too
                    return Thread.currentThread().getName();
                });
                first.countDown();
                return inner;
            });

            assertThat(threads.get(1)).doesNotHaveDuplicates();
            assertThat(engine.inOrder(50, i -> i)).hasSize(50); // every worker is free again
        }
    }

    @Test
    void pieceThatRunsIsWaitedForWhenAnotherFails() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch failing = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        try (Engine engine = Engine.start(2)) {
            assertThatThrownBy(() -> engine.inOrder(2, i -> {
                        if (i == 0) {
                            await(begun);
                            failing.countDown();
                            throw new IllegalArgumentException("piece 0");
                        }
                        begun.countDown();
                        await(failing);
                        DeviceTensor.zeros(Precision.FLOAT64, 200, 200)
                                .times(DeviceTensor.zeros(Precision.FLOAT64, 200, 200));
                        ended.set(true);
                        return i;
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("piece 0");

            assertThat(ended).isTrue();
        }
    }

    @Test
    void noPieceIsBegunAfterOneFailed() {
        AtomicInteger begun = new AtomicInteger();
        try (Engine engine = Engine.start(2)) {
            assertThatThrownBy(() -> engine.inOrder(1000, i -> {
                        begun.incrementAndGet();
                        throw new IllegalArgumentException("piece " + i);
                    }))
                    .hasMessageMatching("piece [01]");
        }
        assertThat(begun.get()).isLessThanOrEqualTo(2); // one per worker
    }

    @Test
    void waitingIsEndedByAnInterruptWhichIsKept() {
        try (Engine engine = Engine.start(2)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> engine.inOrder(2, i -> i))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("Interrupted");
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void errorsOfTheNativeLibraryBecomeOneSentence() {
        try (Engine engine = Engine.start(1)) {
            assertThatThrownBy(() -> engine.alone(() -> DeviceTensor.zeros(Precision.FLOAT32, 2, 3)
                            .times(DeviceTensor.zeros(Precision.FLOAT32, 2, 3))))
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("The engine failed in a computation: ")
                    .hasMessageContaining("cannot be multiplied")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void closedEngineRefusesWork() {
        Engine engine = Engine.start(2);
        engine.close();

        assertThatThrownBy(() -> engine.inOrder(2, i -> i))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the engine is closed");
    }

    @Test
    void whoWaitsIsToldWhenTheEngineIsClosed() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        CountDownLatch closed = new CountDownLatch(1);
        Engine engine = Engine.start(2);
        Thread closer = new Thread(() -> {
            await(running);
            engine.close();
            closed.countDown();
        });
        closer.start();

        assertThatThrownBy(() -> engine.inOrder(4, i -> {
                    running.countDown();
                    boolean waiting = true;
                    while (waiting) { // close() interrupts
                        try {
                            closed.await();
                            waiting = false;
                        } catch (InterruptedException e) {
                            waiting = closed.getCount() > 0;
                        }
                    }
                    return i;
                }))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("closed while it was computing");
        closer.join();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void needsAThread(int threads) {
        assertThatThrownBy(() -> Engine.start(threads))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads is " + threads + " but must be positive.");
    }
}
