package org.thalweg.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void deviationIsThatOfThePopulation() {
        // mean 5, squares 9 1 1 1 0 0 4 16 = 32, over 8
        assertThat(Spread.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0))).isEqualTo(new Spread(5, 2, 8));
    }

    @Test
    void singleValueHasNoSpread() {
        assertThat(Spread.of(List.of(0.3))).isEqualTo(new Spread(0.3, 0, 1));
    }

    @Test
    void smallSpreadAroundALargeMeanIsNotCancelled() {
        Spread spread = Spread.of(List.of(1e9 + 1, 1e9 + 2, 1e9 + 3));

        assertThat(spread.sd()).isCloseTo(Math.sqrt(2.0 / 3), within(1e-15));
    }

    @Test
    void nothingHasNoMean() {
        assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneValueIsWrittenWithoutSpread() {
        assertThat(Spread.of(List.of(0.5, 0.25)).text(100, 2)).isEqualTo("37.50±12.50");
        assertThat(Spread.of(List.of(0.5)).text(100, 2)).isEqualTo("50.00");
    }
}
