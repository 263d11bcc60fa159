package org.thalweg.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.panel.Pairs.Pair;

class PairsTest {
    @Test
    void allPairsAreEachPairOnce() {
        assertThat(Pairs.ALL.of(4))
                .containsExactly(
                        new Pair(0, 1), new Pair(0, 2), new Pair(0, 3), new Pair(1, 2), new Pair(1, 3), new Pair(2, 3));
        assertThat(Pairs.ALL.of(2)).containsExactly(new Pair(0, 1));
    }

    @Test
    void listNamesPositionsFromOneInItsOrder() {
        assertThat(new Pairs("3-1,1-2").of(3)).containsExactly(new Pair(2, 0), new Pair(0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-1", "0-1", "1", "1-2,", "", "a-b", "1-2;3-4", "1--2", "9999999-1", "All"})
    void textThatIsNoPairIsQuoted(String text) {
        assertThatThrownBy(() -> new Pairs(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no pair of two networks; use 'all' or a list such as 1-2,3-4.");
    }

    @Test
    void networkThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new Pairs("1-2,2-5").of(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pairs: 2-5 names a network that is not there; there are 4.");
    }

    @Test
    void singleNetworkHasNoPair() {
        assertThatThrownBy(() -> Pairs.ALL.of(1)).hasMessage("a panel needs at least two networks, got 1.");
    }
}
