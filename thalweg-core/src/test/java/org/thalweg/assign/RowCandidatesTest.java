package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RowCandidatesTest {
    private static final int SIZE =
            600; // many times a row's candidates, and enough for a sample of the row to be taken

    @ParameterizedTest
    @EnumSource
    void boundHoldsWhileOnlyPotentialsFall(CostFamily family) {
        SplittableRandom random = new SplittableRandom(3);
        CostMatrix costs = family.matrix(SIZE, random);
        double[] v = columnMinima(costs);
        RowCandidates candidates = new RowCandidates(costs, v);
        candidates.readAll();
        for (int round = 0; round < 4; round++) {
            for (int j = 0; j < SIZE; j++) {
                v[j] -= random.nextInt(3) == 0 ? random.nextDouble() : 0;
            }
            assertBounds(candidates, costs, v);
            candidates.read(random.nextInt(SIZE)); // from a row's earlier candidates
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheCheapestColumns(CostFamily family) {
        CostMatrix costs = family.matrix(SIZE, new SplittableRandom(4));
        double[] v = columnMinima(costs);
        RowCandidates candidates = new RowCandidates(costs, v);
        for (int i = 0; i < SIZE; i++) {
            candidates.read(i);
            double[] reduced = new double[SIZE];
            for (int j = 0; j < SIZE; j++) {
                reduced[j] = costs.get(i, j) - v[j];
            }
            Arrays.sort(reduced);

            int count = candidates.to(i) - candidates.from(i);
            double[] kept = new double[count];
            for (int k = 0; k < count; k++) {
                kept[k] = costs.get(i, candidates.columns()[candidates.from(i) + k])
                        - v[candidates.columns()[candidates.from(i) + k]];
            }
            Arrays.sort(kept);
            assertThat(kept).as("row %d", i).containsExactly(Arrays.copyOf(reduced, count));
        }
    }

    private static void assertBounds(RowCandidates candidates, CostMatrix costs, double[] v) {
        for (int i = 0; i < SIZE; i++) {
            BitSet among = new BitSet(SIZE);
            for (int k = candidates.from(i); k < candidates.to(i); k++) {
                among.set(candidates.columns()[k]);
            }
            double others = Double.POSITIVE_INFINITY;
            for (int j = among.nextClearBit(0); j < SIZE; j = among.nextClearBit(j + 1)) {
                others = Math.min(others, costs.get(i, j) - v[j]);
            }
            assertThat(others).as("row %d", i).isGreaterThanOrEqualTo(candidates.bound(i));
        }
    }

    private static double[] columnMinima(CostMatrix costs) {
        double[] minima = new double[SIZE];
        Arrays.fill(minima, Double.POSITIVE_INFINITY);
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                minima[j] = Math.min(minima[j], costs.get(i, j));
            }
        }
        return minima;
    }
}
