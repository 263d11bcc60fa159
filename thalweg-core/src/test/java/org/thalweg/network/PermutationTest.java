package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Seed;
import org.thalweg.network.Permutation.Swap;

class PermutationTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 10, 57, 500})
    void swapsBringEveryUnitHomeInUnitsLessCyclesSteps(int n) {
        for (long seed = 0; seed < 5; seed++) {
            Permutation permutation = Permutation.of(new Seed(seed).shuffled(n));
            int[] held = permutation.toArray();

            List<Swap> swaps = permutation.swaps();
            for (Swap swap : swaps) {
                int moved = held[swap.first()];
                held[swap.first()] = held[swap.second()];
                held[swap.second()] = moved;
                assertThat(held[swap.first()])
                        .as("seed %d: first slot is home", seed)
                        .isEqualTo(swap.first());
            }

            assertThat(Permutation.of(held)).as("seed %d", seed).isEqualTo(Permutation.identity(n));
            assertThat(swaps).as("seed %d", seed).hasSize(n - cycles(permutation));
        }
    }

    private static int cycles(Permutation permutation) {
        boolean[] seen = new boolean[permutation.size()];
        int cycles = 0;
        for (int start = 0; start < seen.length; start++) {
            if (!seen[start]) {
                cycles++;
                for (int i = start; !seen[i]; i = permutation.get(i)) {
                    seen[i] = true;
                }
            }
        }
        return cycles;
    }

    @Test
    void swapsAreTakenInTheOrderOfSlots() {
        // slot 0 holds 2, slot 1 holds 0, slot 2 holds 1
        assertThat(Permutation.of(2, 0, 1).swaps()).containsExactly(new Swap(0, 1), new Swap(1, 2));
    }

    @Test
    void inverseUndoes() {
        Permutation permutation = Permutation.of(new Seed(3).shuffled(20));

        for (int i = 0; i < 20; i++) {
            assertThat(permutation.inverse().get(permutation.get(i))).isEqualTo(i);
        }
        assertThat(permutation.inverse().inverse()).isEqualTo(permutation);
    }

    @Test
    void arrayIsCopiedBothWays() {
        int[] units = {1, 0};
        Permutation permutation = Permutation.of(units);
        units[0] = 7;
        permutation.toArray()[1] = 7;

        assertThat(permutation).isEqualTo(Permutation.of(1, 0)).hasSameHashCodeAs(Permutation.of(1, 0));
    }

    @Test
    void entriesMustBeEachUnitOnce() {
        for (int[] wrong : new int[][] {{0, 0}, {1}, {-1, 0}, {0, 2}}) {
            assertThatThrownBy(() -> Permutation.of(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not a permutation of 0.." + (wrong.length - 1));
        }
    }
}
