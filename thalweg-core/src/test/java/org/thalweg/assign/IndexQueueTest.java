package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndexQueueTest {
    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @Test
    void ofEqualKeysEarlyNumbersAndLastOffersLeaveFirst() {
        IndexQueue queue = new IndexQueue(6, 3);
        for (int number : new int[] {4, 2, 0, 5, 3, 1}) {
            queue.offer(number, 1.5);
        }

        assertThat(drained(queue)).containsExactly(1, 0, 2, 3, 5, 4);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void numbersLeaveByTheirLowestKey(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int capacity = 1 + random.nextInt(60);
        IndexQueue queue = new IndexQueue(capacity, capacity / 2);
        double[] keys = random.doubles(capacity).toArray();
        for (int number = 0; number < capacity; number++) {
            queue.offer(number, keys[number]);
        }
        for (int number = 0; number < capacity; number += 3) {
            keys[number] *= random.nextDouble();
            queue.offer(number, keys[number]);
        }

        List<Integer> expected = IntStream.range(0, capacity)
                .boxed()
                .sorted(Comparator.comparingDouble(number -> keys[number]))
                .toList();
        assertThat(drained(queue)).isEqualTo(expected);
    }

    @Test
    void startsAgainAfterClearing() {
        IndexQueue queue = new IndexQueue(3, 3);
        queue.offer(2, 1);
        queue.offer(0, 2);
        queue.clear();
        queue.offer(2, 7);

        assertThat(queue.leastKey()).isEqualTo(7);
        assertThat(drained(queue)).containsExactly(2);
    }

    private static List<Integer> drained(IndexQueue queue) {
        List<Integer> order = new ArrayList<>();
        while (!queue.isEmpty()) {
            order.add(queue.take());
        }
        return order;
    }
}
