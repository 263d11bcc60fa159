package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.thalweg.network.UnitGroup.Slice;

class UnitGroupTest {
    private static final Architecture CONVOLUTION = Architecture.parse(
            "input(1,4,4) conv(1,3,3) batchnorm(3) relu conv(3,2,1,nobias) maxpool(2) flatten linear(2,5)");

    @Test
    void filtersCarryTheirNormAndWhatReadsTheirChannel() {
        assertThat(CONVOLUTION.unitGroups().get(0))
                .isEqualTo(new UnitGroup(
                        0,
                        3,
                        List.of(
                                new Slice("0.weight", 0),
                                new Slice("0.bias", 0),
                                new Slice("1.weight", 0),
                                new Slice("1.bias", 0),
                                new Slice("1.running_mean", 0),
                                new Slice("1.running_var", 0),
                                new Slice("3.weight", 1))));
    }

    @Test
    void aChannelOwnsABlockOfColumnsBehindAFlatten() {
        Architecture wide = Architecture.parse("input(1,4,4) conv(1,3,3) relu flatten batchnorm(12) linear(12,2)");

        assertThat(wide.unitGroups())
                .containsExactly(new UnitGroup(
                        0,
                        3,
                        List.of(
                                new Slice("0.weight", 0),
                                new Slice("0.bias", 0),
                                new Slice("3.weight", 0, 4),
                                new Slice("3.bias", 0, 4),
                                new Slice("3.running_mean", 0, 4),
                                new Slice("3.running_var", 0, 4),
                                new Slice("4.weight", 1, 4))));
    }

    @Test
    void inputsAndOutputsAreInNoGroup() {
        for (String name : List.of("conv2fc1", "vgg16-bn-quarter", "mlp-5-4-3-nobias")) {
            Architecture architecture = Catalogue.named(name, Shape.of(3, 32, 32), 10);
            List<Architecture.Affine> layers = architecture.affine();
            List<Slice> slices = architecture.unitGroups().stream()
                    .flatMap(group -> group.slices().stream())
                    .toList();

            assertThat(architecture.unitGroups()).hasSize(layers.size() - 1);
            assertThat(slices)
                    .noneMatch(slice -> slice.tensor().equals(layers.get(0).weight()) && slice.dimension() == 1);
            Architecture.Affine last = layers.get(layers.size() - 1);
            assertThat(slices).noneMatch(slice -> slice.tensor().equals(last.weight()) && slice.dimension() == 0);
            assertThat(slices).noneMatch(slice -> slice.tensor().equals(last.bias()));
        }
    }

    @Test
    void groupNormsThatSplitTheUnitsForbidReListing() {
        assertThat(Architecture.parse("linear(2,4) groupnorm(2,4) relu linear(4,2)")
                        .unitGroups())
                .isEmpty();
        assertThat(Architecture.parse("linear(2,4) groupnorm(1,4) relu linear(4,2)")
                        .unitGroups())
                .hasSize(1);
        assertThat(Architecture.parse("linear(2,4) groupnorm(4,4) relu linear(4,2)")
                        .unitGroups())
                .hasSize(1);
    }

    @Test
    void reListingMovesWholeBlocks() {
        UnitGroup group = new UnitGroup(0, 2, List.of(new Slice("w", 1, 2)));
        Weights weights = Weights.of(Map.of("w", Tensor.owning(Shape.of(2, 4), new float[] {1, 2, 3, 4, 5, 6, 7, 8})));

        Tensor moved = group.relist(weights, Permutation.of(1, 0)).get("w");

        assertThat(moved.toFloats()).containsExactly(3, 4, 1, 2, 7, 8, 5, 6);
    }

    @Test
    void distanceCountsEverythingThatCarriesTheOrder() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.owning(Shape.of(2), new float[] {1, 3}));
        tensors.put("w", Tensor.owning(Shape.of(1, 4), new float[] {0, 0, 3, 4}));
        UnitGroup group = new UnitGroup(0, 2, List.of(new Slice("b", 0), new Slice("w", 1, 2)));

        assertThat(group.squaredDistance(Weights.of(tensors), 0, 1)).isEqualTo(4 + 9 + 16);
    }

    @Test
    void permutationsOfAnotherSizeAreRefused() {
        Tensor tensor = Tensor.owning(Shape.of(6), new float[6]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tensor.select(0, 2, Permutation.identity(2)))
                .withMessage("dimension 0 of [6] cannot be re-listed by 2 units of 2 positions each.");
    }

    @Test
    void aSliceKnowsWhoseAnElementIs() {
        UnitGroup.Slice features = new UnitGroup.Slice("9.weight", 1, 4); // 2 channels of 2 x 2 that a flatten lined up

        assertThat(IntStream.range(0, 16).map(i -> features.unit(Shape.of(2, 8), i)))
                .containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1);
        assertThat(IntStream.range(0, 6).map(i -> new UnitGroup.Slice("0.weight", 0).unit(Shape.of(3, 2), i)))
                .containsExactly(0, 0, 1, 1, 2, 2);
    }
}
