package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.assign.TransportPlan.Piece;

class TransportSolverTest {

    /** Each row and column as often as makes them equally many: pairing those is carrying whole parts. */
    private static CostMatrix repeated(CostMatrix costs, int size) {
        int perRow = size / costs.rows();
        int perColumn = size / costs.columns();
        double[] all = new double[size * size];
        Arrays.setAll(all, at -> costs.get(at / size / perRow, at % size / perColumn));
        return CostMatrix.owning(size, all);
    }

    private static double tolerance(CostMatrix costs) {
        double greatest = Arrays.stream(costs.array()).map(Math::abs).max().orElseThrow();
        return 4 * (costs.rows() + costs.columns()) * Math.ulp(greatest);
    }

    private static void requirePlan(TransportPlan plan, CostMatrix costs) {
        double[] ofRows = new double[costs.rows()];
        double[] ofColumns = new double[costs.columns()];
        double cost = 0;
        for (Piece piece : plan.pieces()) {
            assertThat(piece.mass()).isPositive();
            ofRows[piece.row()] += piece.mass();
            ofColumns[piece.column()] += piece.mass();
            cost += piece.mass() * costs.get(piece.row(), piece.column());
        }
        assertThat(ofRows).containsExactly(filled(costs.rows()), within(1e-15));
        assertThat(ofColumns).containsExactly(filled(costs.columns()), within(1e-15));
        assertThat(plan.cost()).isEqualTo(cost);
        assertThat(plan.pieces())
                .hasSizeBetween(Math.max(costs.rows(), costs.columns()), costs.rows() + costs.columns() - 1);
        assertThat(plan.dualityGap()).isBetween(-tolerance(costs), tolerance(costs));
    }

    private static double[] filled(int count) {
        double[] shares = new double[count];
        Arrays.fill(shares, 1.0 / count);
        return shares;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPARSE.*")
    void findsWhatPairingOfRepeatedRowsAndColumnsFindsByEnumeration(CostFamily family) {
        int[][] sizes = {{1, 1}, {1, 4}, {5, 1}, {2, 3}, {3, 2}, {2, 6}, {6, 3}, {6, 2}, {4, 4}, {6, 6}};
        for (int[] size : sizes) {
            int all = size[0] % size[1] == 0 ? size[0] : size[1] % size[0] == 0 ? size[1] : size[0] * size[1];
            for (int seed = 0; seed < 20; seed++) {
                CostMatrix costs = family.matrix(size[0], size[1], new SplittableRandom(seed));

                TransportPlan plan = TransportSolver.solve(costs);

                requirePlan(plan, costs);
                assertThat(plan.cost() * all)
                        .as("%d rows, %d columns, seed %d", size[0], size[1], seed)
                        .isCloseTo(PlainMatching.byEnumeration(repeated(costs, all)), within(all * tolerance(costs)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPARSE.*")
    void findsWhatTheAssignmentSolverFinds(CostFamily family) {
        int[][] sizes = {{15, 10}, {10, 15}, {12, 36}, {21, 28}, {40, 40}, {60, 59}, {7, 90}};
        for (int[] size : sizes) {
            int all = size[0] * size[1] / gcd(size[0], size[1]);
            CostMatrix costs = family.matrix(size[0], size[1], new SplittableRandom(9));

            TransportPlan plan = TransportSolver.solve(costs);

            requirePlan(plan, costs);
            if (all <= 700) {
                double paired = AssignmentSolver.solve(repeated(costs, all)).cost();
                assertThat(plan.cost() * all)
                        .as(Arrays.toString(size))
                        .isCloseTo(paired, within(all * tolerance(costs)));
            }
        }
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** As in the north-west corner: 1/3 goes to the first half, of the second third half each, and so on. */
    @Test
    void splitsTheMiddleRowBetweenTwoColumns() {
        CostMatrix line = CostMatrix.owning(3, 2, new double[] {0, 9, 1, 1, 9, 0});

        assertThat(TransportSolver.solve(line).pieces())
                .containsExactly(
                        new Piece(0, 0, 1 / 3.0),
                        new Piece(1, 0, 1 / 6.0),
                        new Piece(1, 1, 1 / 6.0),
                        new Piece(2, 1, 1 / 3.0));
    }

    @Test
    void equalSizesArePairedWithoutSplitting() {
        CostMatrix costs = CostFamily.NEURONS.matrix(50, new SplittableRandom(4));

        TransportPlan plan = TransportSolver.solve(costs);

        int[] columns = AssignmentSolver.solve(costs).permutation().toArray();
        assertThat(plan.pieces())
                .extracting(Piece::column)
                .containsExactly(Arrays.stream(columns).boxed().toArray(Integer[]::new));
    }

    @Test
    void rejectsForbiddenPairsAndEmptySides() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        TransportSolver.solve(CostMatrix.owning(1, 2, new double[] {1, Double.POSITIVE_INFINITY})))
                .withMessageContaining("infinite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransportSolver.solve(CostMatrix.owning(0, 2, new double[0])))
                .withMessageContaining("0 rows");
    }
}
