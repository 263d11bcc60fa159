package org.thalweg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Seed;
import org.thalweg.network.Architecture;
import org.thalweg.network.Permutation;
import org.thalweg.network.Permutation.Swap;
import org.thalweg.network.Tensor;
import org.thalweg.network.UnitGroup;
import org.thalweg.network.Weights;

class ReorderLegTest {
    private static final int UNITS = 9;
    private static final Architecture LAYERS = Architecture.named("mlp-4-9", 3, 2);
    private static final UnitGroup GROUP = LAYERS.unitGroups().get(1);

    private static Weights home() {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        LAYERS.parameters()
                .forEach((name, shape) -> tensors.put(
                        name,
                        Tensor.owning(shape, random.doubles(shape.elements()).toArray())));
        return Weights.of(tensors);
    }

    private static ReorderLeg leg(Permutation held) {
        return new ReorderLeg("reorder", GROUP.relist(home(), held), GROUP, held);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void endsWithEveryUnitInItsOwnSlotBitForBit(long seed) {
        ReorderLeg leg = leg(Permutation.of(new Seed(seed).shuffled(UNITS)));

        assertThat(leg.at(0)).isEqualTo(leg.start());
        assertThat(leg.at(1)).isEqualTo(home());
        assertThat(leg.end()).isEqualTo(home());
    }

    /** 4 swaps, so that whole swaps lie at quarters, which binary numbers hold exactly. */
    @Test
    void inASwapTwoSlotsExchangeTheirNeuronsOnAStraightLineWhileOthersRest() {
        ReorderLeg leg = leg(Permutation.of(4, 0, 1, 2, 3, 5, 6, 7, 8));
        assertThat(leg.swaps()).hasSize(4);

        for (int k = 0; k < 4; k++) {
            Swap swap = leg.swaps().get(k);
            Weights before = leg.at(k / 4.0);
            Weights after = leg.at((k + 1) / 4.0);
            Weights within = leg.at((k + 0.25) / 4);
            Weights exchanged = GROUP.relist(before, transposition(swap));
            assertThat(after).as("swap %d", k).isEqualTo(exchanged);
            before.asMap().forEach((name, tensor) -> {
                Tensor end = after.get(name);
                for (int i = 0; i < tensor.shape().elements(); i++) {
                    double line = 0.75 * tensor.get(i) + 0.25 * end.get(i);
                    assertThat(within.get(name).get(i)).as("%s[%d]", name, i).isCloseTo(line, within(1e-15));
                    if (tensor.get(i) == end.get(i)) {
                        assertThat(within.get(name).get(i)).isEqualTo(tensor.get(i));
                    }
                }
            });
        }
    }

    private static Permutation transposition(Swap swap) {
        int[] units = Permutation.identity(UNITS).toArray();
        units[swap.first()] = swap.second();
        units[swap.second()] = swap.first();
        return Permutation.of(units);
    }

    @Test
    void unitsThatAreHomeRest() {
        ReorderLeg leg = leg(Permutation.identity(UNITS));

        assertThat(leg.swaps()).isEmpty();
        assertThat(leg.at(0.4)).isEqualTo(home());
    }

    @Test
    void permutationMustFitTheUnits() {
        assertThatThrownBy(() -> new ReorderLeg("reorder", home(), GROUP, Permutation.identity(8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a permutation of 8 does not fit 9 units.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void positionMustLieBetweenTheEnds(double s) {
        assertThatThrownBy(() -> leg(Permutation.identity(UNITS)).at(s)).isInstanceOf(IllegalArgumentException.class);
    }
}
