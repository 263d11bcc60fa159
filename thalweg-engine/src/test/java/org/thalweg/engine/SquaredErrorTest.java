package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.thalweg.data.Examples;
import org.thalweg.network.Precision;

class SquaredErrorTest {
    private static final Examples EXAMPLES =
            Examples.ofTargets(new double[3], new double[] {1, 2, 3, 4, 5, 6}, 1, 2); // 3 examples of 2 targets

    /** torch.nn.MSELoss()(z.T, y) of these is (0 + 1 + 4 + 0 + 9 + 1) / 6. */
    @Test
    void meanOverExamplesAndOutputsIsPyTorchs() {
        double[] outputs = {1, 5, 8, 3, 4, 5}; // [c, N]
        try (Scope scope = Scope.open()) {
            Scoring scoring = Scoring.of(EXAMPLES, 0, 3, Precision.FLOAT64);
            DeviceTensor z = DeviceTensor.of(outputs, 2, 3);

            assertThat(scoring.score(z).loss() / 3).isCloseTo(15.0 / 6, within(1e-15));
            assertThat(scoring.scoreInPlace(DeviceTensor.of(outputs, 1, 2, 3))[0])
                    .isEqualTo(scoring.score(z));
        }
    }

    @Test
    void gradientIsThatOfFiniteDifferences() {
        SplittableRandom random = new SplittableRandom(5);
        double[] z = random.doubles(6, -3, 3).toArray();
        double step = 1e-5; // central differences of a parabola are exact but for rounding, some 1e-15 / step
        try (Scope scope = Scope.open()) {
            Scoring scoring = Scoring.of(EXAMPLES, 0, 3, Precision.FLOAT64);
            double[] gradient = scoring.gradient(DeviceTensor.of(z, 2, 3)).toDoubles();
            for (int i = 0; i < z.length; i++) {
                double[] up = z.clone();
                double[] down = z.clone();
                up[i] += step;
                down[i] -= step;
                double slope = (scoring.score(DeviceTensor.of(up, 2, 3)).loss()
                                - scoring.score(DeviceTensor.of(down, 2, 3)).loss())
                        / (2 * step);
                assertThat(gradient[i]).isCloseTo(slope, within(1e-8));
            }
        }
    }
}
