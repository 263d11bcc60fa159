package org.thalweg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.data.Seed;
import org.thalweg.network.Architecture;
import org.thalweg.network.Permutation;
import org.thalweg.network.Permutation.Swap;
import org.thalweg.network.Shape;
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

    @Test
    void everyTensorMustListTheUnits() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(home().asMap());
        tensors.put("2.bias", Tensor.owning(Shape.of(4), new double[4]));

        assertThatThrownBy(() -> new ReorderLeg("reorder", Weights.of(tensors), GROUP, Permutation.identity(UNITS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'2.bias' of shape ")
                .hasMessageEndingWith(" does not list 9 units along dimension 0.");
    }

    private static final String READER = "4.weight"; // what reads the nine units

    /** The network at home with one unit that nobody reads. */
    private static Weights idling(int unit) {
        Map<String, Tensor> tensors = new LinkedHashMap<>(home().asMap());
        Tensor reader = home().get(READER);
        double[] values = reader.toDoubles();
        for (int i = unit; i < values.length; i += UNITS) {
            values[i] = 0;
        }
        tensors.put(READER, Tensor.owning(reader.shape(), values));
        return Weights.of(tensors);
    }

    private static ReorderLeg relay(Weights home, Permutation held) {
        return new ReorderLeg("reorder", GROUP.relist(home, held), GROUP, held, Optional.of(READER));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRelayEndsWithEveryUnitInItsOwnSlotBitForBit(long seed) {
        Weights home = idling((int) seed % UNITS);
        ReorderLeg leg = relay(home, Permutation.of(new Seed(seed).shuffled(UNITS)));

        assertThat(leg.at(0)).isEqualTo(leg.start());
        assertThat(leg.at(1)).isEqualTo(home).isEqualTo(leg.end());
    }

    /** Row by row and column by column, each read unit says the same all along: the sum of what its copies say is what it said. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aRelayNeverChangesWhatTheNetworkComputes(long seed) {
        ReorderLeg leg = relay(idling(3), Permutation.of(new Seed(seed).shuffled(UNITS)));
        double[] before = outputs(leg.start());

        for (int i = 0; i <= 200; i++) {
            double[] there = outputs(leg.at(i / 200.0));
            for (int k = 0; k < before.length; k++) {
                assertThat(there[k]).as("output %d at %d/200", k, i).isCloseTo(before[k], within(1e-14));
            }
        }
    }

    @Test
    void unitsAtHomeMoveByNoRelayAndSwapsChangeWhatTheNetworkComputes() {
        ReorderLeg rests = relay(idling(3), Permutation.identity(UNITS));
        ReorderLeg swaps = leg(Permutation.of(1, 0, 2, 3, 4, 5, 6, 7, 8));

        assertThat(rests.at(0.5)).isEqualTo(rests.start());
        assertThat(outputs(swaps.at(0.5))[0]).isNotCloseTo(outputs(swaps.start())[0], within(1e-3));
    }

    @Test
    void aRelayNeedsASlotThatNobodyReads() {
        assertThatThrownBy(() -> relay(home(), Permutation.identity(UNITS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'4.weight' reads every unit of layer 2, so none of its slots is idle.");
        assertThatThrownBy(() ->
                        new ReorderLeg("reorder", home(), GROUP, Permutation.identity(UNITS), Optional.of("0.weight")))
                .hasMessage("'0.weight' reads no units of layer 2; name the tensor of the next layer.");
    }

    /** Returns what the nine units and the layer above them make of four inputs, by the definition of a layer. */
    private static double[] outputs(Weights weights) {
        double[] inputs = {0.5, -0.25, 1, 0.75};
        double[] hidden = layer(weights, "2", inputs);
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = Math.max(0, hidden[i]);
        }
        return layer(weights, "4", hidden);
    }

    private static double[] layer(Weights weights, String layer, double[] inputs) {
        double[] outputs = weights.get(layer + ".bias").toDoubles();
        Tensor weight = weights.get(layer + ".weight");
        for (int i = 0; i < outputs.length; i++) {
            for (int j = 0; j < inputs.length; j++) {
                outputs[i] += weight.get(i * inputs.length + j) * inputs[j];
            }
        }
        return outputs;
    }
}
