package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CostMatrixTest {
    private static final double FORBIDDEN = Double.POSITIVE_INFINITY;

    @Test
    void readsRowByRow() {
        CostMatrix costs = CostMatrix.owning(2, new double[] {1, 2, 3, FORBIDDEN});

        assertThat(costs.size()).isEqualTo(2);
        assertThat(costs.get(0, 1)).isEqualTo(2);
        assertThat(costs.get(1, 0)).isEqualTo(3);
        assertThat(costs.get(1, 1)).isEqualTo(FORBIDDEN);
    }

    @Test
    void rejectsNanByItsPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CostMatrix.owning(3, new double[] {0, 0, 0, 0, 0, Double.NaN, 0, 0, 0}))
                .withMessageContainingAll("row 1", "column 2", "NaN");
    }

    @Test
    void rejectsMinusInfinityByItsPlace() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CostMatrix.owning(2, new double[] {0, 0, Double.NEGATIVE_INFINITY, 0}))
                .withMessageContainingAll("row 1", "column 0", "-Infinity");
    }

    @Test
    void rejectsLengthThatIsNoSquare() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CostMatrix.owning(2, new double[3]))
                .withMessageContainingAll("3 costs", "2 rows");
    }

    @Test
    void rejectsSizeWhoseSquareOverflows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CostMatrix.owning(1 << 16, new double[0])) // (2^16)^2 is 0 in int
                .withMessageContaining("at most 46340 of either");
    }

    @Test
    void readsRowsOfAnyLength() {
        CostMatrix costs = CostMatrix.owning(2, 3, new double[] {1, 2, 3, 4, 5, 6});

        assertThat(costs.rows()).isEqualTo(2);
        assertThat(costs.columns()).isEqualTo(3);
        assertThat(costs.get(1, 2)).isEqualTo(6);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssignmentSolver.solve(costs))
                .withMessageContaining("2 rows and 3 columns");
    }

    @Test
    void rejectsNegativeSize() {
        assertThatIllegalArgumentException().isThrownBy(() -> CostMatrix.owning(-1, new double[1]));
    }
}
