package org.thalweg.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalCountTest {
    /** Counts one example of two classes whose margin over the other runs from {@code start} to {@code end}. */
    private static SplitProfile.At single(double start, double end) {
        IntervalCount count = new IntervalCount(1);
        count.set(0, new double[] {start, 0}, new double[] {end, 0}, 0, 1, 0);
        return count.least();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 1", // right throughout
        "1, -1, 0.5, 0", // wrong from the middle on, the middle included
        "-1, 1, 0, 0", // wrong at the start
        "0, 1, 0, 0", // equal at the start: not right there
        "3, 0, 1, 0", // equal at the end: not right there
        "-1, -1, 0, 0",
        "0, 0, 0, 0",
        "NaN, 1, 0, 0", // what is not a number is never right
        "1, NaN, 0, 0",
        "Infinity, -Infinity, 0, 0"
    })
    void oneExampleIsWrongFirstWhereItsMarginEnds(double start, double end, double s, double accuracy) {
        SplitProfile.At least = single(start, end);

        assertThat(least.value()).isEqualTo(accuracy);
        assertThat(least.s()).isEqualTo(s);
    }

    @Test
    void accuracyMayFallBelowBothEnds() {
        IntervalCount count = new IntervalCount(2);
        count.set(0, new double[] {1, 0}, new double[] {-4, 0}, 0, 1, 0); // right up to 1/5
        count.set(1, new double[] {-4, 0}, new double[] {1, 0}, 0, 1, 0); // right from 4/5 on

        assertThat(count.least()).isEqualTo(new SplitProfile.At(0.2, 0));
    }

    /** Margins are whole numbers from -3 to 3, so that ties and shared ends of intervals abound. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void leastIsThatOfBruteForce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int examples = 1 + random.nextInt(9);
        int classes = 2 + random.nextInt(3);
        double[] start =
                random.ints((long) classes * examples, -3, 4).asDoubleStream().toArray();
        double[] end =
                random.ints((long) classes * examples, -3, 4).asDoubleStream().toArray();
        int[] labels = random.ints(examples, 0, classes).toArray();
        IntervalCount count = new IntervalCount(examples);
        for (int i = 0; i < examples; i++) {
            count.set(i, start, end, i, examples, labels[i]);
        }

        // Margins cross zero at multiples of 1/1 ... 1/12, so every change is seen on this grid and between.
        int grid = 2 * 27720; // twice the least common multiple of 1 ... 12
        int least = Integer.MAX_VALUE;
        for (int g = 0; g <= grid; g++) {
            least = Math.min(least, right(start, end, labels, g, grid));
        }
        SplitProfile.At found = count.least();
        assertThat(found.value()).isEqualTo((double) least / examples);
        int there = (int) Math.round(found.s() * grid);
        assertThat(found.s() * grid).isCloseTo(there, within(1e-9));
        assertThat(right(start, end, labels, there, grid)).isEqualTo(least);
    }

    /** Counts in whole numbers, without rounding: grid · d(s) = (grid − g) d(0) + g d(1). */
    private static int right(double[] start, double[] end, int[] labels, int g, int grid) {
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean greatest = true;
            for (int k = 0; k < start.length / labels.length; k++) {
                if (k != labels[i]) {
                    int own = labels[i] * labels.length + i;
                    int other = k * labels.length + i;
                    greatest &= (grid - g) * (start[own] - start[other]) + g * (end[own] - end[other]) > 0;
                }
            }
            right += greatest ? 1 : 0;
        }
        return right;
    }
}
