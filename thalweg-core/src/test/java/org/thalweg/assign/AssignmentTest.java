package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The duality gap must never flatter: it bounds the excess cost of any pairing, for any potentials. */
class AssignmentTest {
    private static final CostMatrix COSTS = CostMatrix.owning(2, new double[] {1, 2, 3, 5});

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @Test
    void gapIsExcessOfWrongPairingUnderBestPotentials() {
        double[] best = {0, 1}; // u = (1, 3): u + v is (1, 2; 3, 4), tight where the best pairing, 2 + 3, is

        Assignment wrong = Assignment.certified(COSTS, new int[] {0, 1}, best);

        assertThat(wrong.cost()).isEqualTo(6);
        assertThat(wrong.dualityGap()).isEqualTo(1);
    }

    @Test
    void gapIsNoneForBestPairingUnderBestPotentials() {
        Assignment right = Assignment.certified(COSTS, new int[] {1, 0}, new double[] {0, 1});

        assertThat(right.cost()).isEqualTo(5);
        assertThat(right.dualityGap()).isZero();
    }

    @Test
    void gapIsInfiniteForForbiddenPair() {
        CostMatrix costs = CostMatrix.owning(2, new double[] {Double.POSITIVE_INFINITY, 2, 3, 5});

        Assignment forbidden = Assignment.certified(costs, new int[] {0, 1}, new double[2]);

        assertThat(forbidden.dualityGap()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void gapBoundsExcessOfAnyPairingUnderAnyPotentials(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = 1 + random.nextInt(6);
        CostMatrix costs = CostFamily.FEW_VALUES.matrix(n, random); // sums of integers are exact: no tolerance
        double[] v =
                IntStream.range(0, n).mapToDouble(j -> random.nextInt(-9, 10)).toArray();
        int[] pairing = shuffled(n, random);

        Assignment any = Assignment.certified(costs, pairing, v);

        assertThat(any.dualityGap()).isGreaterThanOrEqualTo(any.cost() - PlainMatching.byEnumeration(costs));
    }

    @Test
    void keepsDigitsThatAPlainSumLoses() {
        // 1e16 and -1e16 cancel; summed left to right in double, each 1 after 1e16 is lost
        double[] costs = new double[16];
        Arrays.fill(costs, 1);
        costs[0] = 1e16;
        costs[15] = -1e16;

        Assignment sum = Assignment.certified(CostMatrix.owning(4, costs), new int[] {0, 1, 2, 3}, new double[4]);

        assertThat(sum.cost()).isEqualTo(2);
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }
}
