package org.thalweg.assign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.peers.Python;

/** Needs Python with SciPy, named by the system property {@code peers.python}. */
@Tag("peers")
class ScipyAgreementTest {
    private static final int[] SIZES = {1, 2, 3, 17, 128, 500};

    @TempDir
    Path folder = Path.of("unset");

    @ParameterizedTest
    @EnumSource
    void findsTheCostThatScipyFinds(CostFamily family) throws IOException {
        List<CostMatrix> matrices = new ArrayList<>();
        for (int n : SIZES) {
            matrices.add(family.matrix(n, new SplittableRandom(n)));
        }

        List<Double> expected = scipyCosts(matrices);

        assertThat(expected).hasSize(SIZES.length);
        for (int k = 0; k < SIZES.length; k++) {
            assertThat(AssignmentSolver.solve(matrices.get(k)).cost())
                    .as("n %d", SIZES[k])
                    .isCloseTo(expected.get(k), within(rounding(matrices.get(k))));
        }
    }

    private List<Double> scipyCosts(List<CostMatrix> matrices) throws IOException {
        List<Object> arguments = new ArrayList<>();
        for (CostMatrix matrix : matrices) {
            arguments.add(matrix.size());
            arguments.add(write(matrix));
        }
        return Python.run(getClass(), "scipy_costs.py", "", arguments.toArray()).stream()
                .map(Double::valueOf)
                .toList();
    }

    private Path write(CostMatrix matrix) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Double.BYTES * matrix.array().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(matrix.array());
        return Files.write(folder.resolve(matrix.size() + ".f64"), bytes.array());
    }

    /** Either side's n potentials have been changed up to n times, each time with a rounding of the costs' size. */
    private static double rounding(CostMatrix costs) {
        double largest = 0;
        for (double cost : costs.array()) {
            largest = cost < Double.POSITIVE_INFINITY ? Math.max(largest, Math.abs(cost)) : largest;
        }
        return 2.0 * costs.array().length * Math.ulp(largest);
    }
}
