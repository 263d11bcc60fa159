package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurvatureSampleTest {
    @Test
    void fewExamplesAreAllChosenAndCountWhatTheyWeigh() {
        CurvatureSample sample = CurvatureSample.of(new double[] {0.25, 0, 0.1, 0.2}, 3);

        assertThat(sample.indices()).containsExactly(0, 2, 3);
        assertThat(sample.weights()).containsExactly(0.25, 0.1, 0.2);
    }

    @Test
    void equalWeightsAreThinnedEvenly() {
        double[] weights = new double[12];
        Arrays.fill(weights, 0.5);

        CurvatureSample sample = CurvatureSample.of(weights, 3);

        assertThat(sample.indices()).containsExactly(3, 7, 11);
        assertThat(sample.weights()).containsExactly(2, 2, 2);
    }

    @Test
    void nothingIsChosenWhereNothingWeighs() {
        assertThat(CurvatureSample.of(new double[5], 3).indices()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 100, 999})
    void chosenOnesStandForTheSum(int most) {
        SplittableRandom random = new SplittableRandom(most);
        double[] weights = random.doubles(1000).map(u -> Math.pow(u, 8)).toArray(); // few large ones

        CurvatureSample sample = CurvatureSample.of(weights, most);

        double sum = Arrays.stream(weights).sum();
        double greatest = Arrays.stream(sample.weights()).max().orElse(sum);
        assertThat(sample.indices().length).isBetween(most - 1, most + 1);
        assertThat(Arrays.stream(sample.weights()).sum()).isCloseTo(sum, within(greatest)); // one more or less
        assertThat(sample.indices()).isSorted();
    }

    @Test
    void heavyExamplesAreCertain() {
        double[] weights = new double[1000];
        Arrays.fill(weights, 1e-6);
        weights[17] = 1;
        weights[500] = 2;

        CurvatureSample sample = CurvatureSample.of(weights, 10);

        assertThat(sample.indices()).contains(17, 500);
        assertThat(sample.weights()[Arrays.binarySearch(sample.indices(), 500)]).isEqualTo(2);
    }
}
