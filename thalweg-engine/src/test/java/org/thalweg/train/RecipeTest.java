package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    /** Garipov's schedule: 1 for the first half, down to 0.01 at nine tenths, 0.01 to the end. */
    @ParameterizedTest
    @CsvSource({
        "10, 1, 1",
        "10, 5, 1",
        "10, 6, 0.7525",
        "10, 7, 0.505",
        "10, 9, 0.01",
        "10, 10, 0.01",
        "1, 1, 0.01",
        "2, 1, 1",
        "2, 2, 0.01",
        "30, 15, 1",
        "30, 16, 0.9175",
        "30, 27, 0.01",
        "30, 28, 0.01"
    })
    void rateFollowsTheSchedule(int epochs, int epoch, double factor) {
        assertThat(new Recipe(epochs, 0.5, 0.9, 0, 128).rate(epoch)).isCloseTo(0.5 * factor, within(1e-15));
    }

    @Test
    void defaultsAreThePublishedRecipeOfMnist() {
        assertThat(Recipe.DEFAULTS.text())
                .isEqualTo("sgd epochs=30 rate=0.01 momentum=0.9 decay=1.0E-4 batch=128 schedule=garipov");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.1, 0.9, 0, 1, epochs is 0",
        "1, 0, 0.9, 0, 1, learning rate is 0.0",
        "1, NaN, 0.9, 0, 1, learning rate is NaN",
        "1, Infinity, 0.9, 0, 1, learning rate is Infinity",
        "1, 0.1, 1, 0, 1, momentum is 1.0",
        "1, 0.1, -0.1, 0, 1, momentum is -0.1",
        "1, 0.1, NaN, 0, 1, momentum is NaN",
        "1, 0.1, 0.9, -1, 1, weight decay is -1.0",
        "1, 0.1, 0.9, NaN, 1, weight decay is NaN",
        "1, 0.1, 0.9, 0, 0, batch is 0"
    })
    void settingsOutOfRangeAreNamed(int epochs, double rate, double momentum, double decay, int batch, String message) {
        assertThatThrownBy(() -> new Recipe(epochs, rate, momentum, decay, batch))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
