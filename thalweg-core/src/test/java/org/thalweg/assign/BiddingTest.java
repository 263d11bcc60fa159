package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On whole numbers, where every sum is exact. */
class BiddingTest {
    private static final int SIZE = 150; // several times a row's candidates, so that rows must be read again

    @ParameterizedTest(name = "{0}, increment {1}")
    @CsvSource({"PRODUCT, 0", "PRODUCT, 1", "PRODUCT, 256", "FEW_VALUES, 0", "FEW_VALUES, 0.25", "FEW_VALUES, 4"})
    void pairsLieWithinTheIncrementOfTheirRowsCheapest(CostFamily family, double increment) {
        CostMatrix costs = family.matrix(SIZE, new SplittableRandom(8));
        double[] v = new double[SIZE];
        RowCandidates candidates = new RowCandidates(costs, v);
        Pairing pairing = new Pairing(SIZE);
        candidates.readAll();

        new Bidding(SIZE, v, candidates, pairing).bid(increment);

        assertThat(Arrays.stream(pairing.columnOf).filter(column -> column != Pairing.FREE))
                .isNotEmpty();
        assertPairsWithin(increment, costs, v, pairing);
    }

    @ParameterizedTest
    @CsvSource({"PRODUCT", "FEW_VALUES"})
    void potentialsOnlyFall(CostFamily family) {
        CostMatrix costs = family.matrix(SIZE, new SplittableRandom(9));
        double[] v = new double[SIZE];
        RowCandidates candidates = new RowCandidates(costs, v);
        Pairing pairing = new Pairing(SIZE);
        Bidding bidding = new Bidding(SIZE, v, candidates, pairing);
        candidates.readAll();
        for (double increment : new double[] {64, 8, 1, 0}) {
            double[] before = v.clone();
            pairing.clear();

            bidding.bid(increment);

            for (int j = 0; j < SIZE; j++) {
                assertThat(v[j]).as("increment %s, column %d", increment, j).isLessThanOrEqualTo(before[j]);
            }
            assertPairsWithin(increment, costs, v, pairing);
        }
        assertThat(candidates.readings()).as("rows read again").isGreaterThan(SIZE);
    }

    private static void assertPairsWithin(double increment, CostMatrix costs, double[] v, Pairing pairing) {
        for (int i = 0; i < SIZE; i++) {
            int column = pairing.columnOf[i];
            if (column == Pairing.FREE) {
                continue;
            }
            assertThat(pairing.rowOf[column]).isEqualTo(i);
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < SIZE; j++) {
                least = Math.min(least, costs.get(i, j) - v[j]);
            }
            assertThat(costs.get(i, column) - v[column]).as("row %d", i).isBetween(least, least + increment);
        }
    }
}
