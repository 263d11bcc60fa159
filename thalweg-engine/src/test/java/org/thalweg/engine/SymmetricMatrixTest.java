package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SymmetricMatrixTest {
    private final Scope scope = openScope();

    private static Scope openScope() {
        Engine.start(1).close(); // loads the natives
        return Scope.open();
    }

    @AfterEach
    void closeScope() {
        scope.close();
    }

    /** The matrix (a b; b c), with what must not be read in place of the upper b. */
    private static SymmetricMatrix matrix(double a, double b, double c) {
        return new SymmetricMatrix(DeviceTensor.of(new double[] {a, 99, b, c}, 2, 2));
    }

    private static DeviceTensor column(double first, double second) {
        return DeviceTensor.of(new double[] {first, second}, 2, 1);
    }

    @Test
    void factorSolvesAndAnIndefiniteMatrixHasNone() {
        assertThat(matrix(4, 2, 3).factor().orElseThrow().solve(column(8, 7)).toDoubles())
                .containsExactly(new double[] {1.25, 1.5}, within(1e-15));
        assertThat(matrix(1, 2, 1).factor()).isEmpty();
    }

    @Test
    void eigenvaluesAscendAndVectorsAreColumns() {
        SymmetricMatrix.Eigen eigen = matrix(2, 1, 2).eigen();

        assertThat(eigen.values().toDoubles()).containsExactly(new double[] {1, 3}, within(1e-15));
        double[] vectors = eigen.vectors().toDoubles();
        assertThat(vectors[0] * vectors[2]).isNegative(); // of 1: (1, -1)
        assertThat(vectors[1] * vectors[3]).isPositive(); // of 3: (1, 1)
    }

    @Test
    void productReadsTheLowerTriangleAlone() {
        assertThat(matrix(4, 2, 3).times(column(1, 10)).toDoubles()).containsExactly(24, 32);
    }

    @Test
    void shiftAddsToTheDiagonal() {
        SymmetricMatrix matrix = matrix(4, 2, 3);

        assertThat(matrix.trace()).isEqualTo(7);
        assertThat(matrix.shiftInPlace(0.5)).isSameAs(matrix);
        assertThat(matrix.lower().toDoubles()).containsExactly(4.5, 99, 2, 3.5);
    }
}
