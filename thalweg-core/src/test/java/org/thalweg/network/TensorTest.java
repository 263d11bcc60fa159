package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorTest {
    @ParameterizedTest
    @EnumSource
    void slicesAreRelistedAlongAnyDimension(Precision precision) {
        // [2, 3, 2], value = 100 i + 10 j + k
        double[] values = {0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121};
        Tensor tensor = Tensor.rounded(Shape.of(2, 3, 2), values, precision);

        Tensor middle = tensor.select(1, Permutation.of(2, 0, 1));

        assertThat(middle.precision()).isEqualTo(precision);
        assertThat(middle.toDoubles()).containsExactly(20, 21, 0, 1, 10, 11, 120, 121, 100, 101, 110, 111);
        assertThat(tensor.select(0, Permutation.of(1, 0)).toDoubles())
                .startsWith(100, 101)
                .endsWith(20, 21);
        assertThat(tensor.select(2, Permutation.of(1, 0)).toDoubles()).startsWith(1, 0, 11, 10);
    }

    @Test
    void orderMustFitTheDimension() {
        Tensor tensor = Tensor.owning(Shape.of(2, 3), new float[6]);

        assertThatThrownBy(() -> tensor.select(1, Permutation.of(0, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dimension 1 of [2, 3] cannot be re-listed by 2 units.");
    }

    @Test
    void equalityIsThatOfBits() {
        Tensor nan = Tensor.owning(Shape.of(2), new float[] {Float.NaN, 0});

        assertThat(Tensor.owning(Shape.of(2), new float[] {Float.NaN, 0}))
                .isEqualTo(nan)
                .hasSameHashCodeAs(nan);
        assertThat(Tensor.owning(Shape.of(2), new float[] {Float.NaN, -0f})).isNotEqualTo(nan);
        assertThat(Tensor.owning(Shape.of(2, 1), new float[] {Float.NaN, 0})).isNotEqualTo(nan);
        assertThat(Tensor.owning(Shape.of(2), new double[] {Float.NaN, 0})).isNotEqualTo(nan);
    }

    @Test
    void copiesAreTheCallersOwn() {
        Tensor tensor = Tensor.owning(Shape.of(1), new double[] {0.1});
        tensor.toDoubles()[0] = 9;
        tensor.toFloats()[0] = 9;

        assertThat(tensor.get(0)).isEqualTo(0.1);
        assertThat(tensor.toFloats()).containsExactly(0.1f);
    }

    @Test
    void firstValueThatIsNotFiniteIsFound() {
        assertThat(Tensor.owning(Shape.of(3), new float[] {1, Float.NEGATIVE_INFINITY, Float.NaN})
                        .firstNonFinite())
                .contains(1);
        assertThat(Tensor.owning(Shape.of(2), new double[] {1, Double.MAX_VALUE})
                        .firstNonFinite())
                .isEmpty();
    }

    @Test
    void valuesMustFillTheShape() {
        assertThatThrownBy(() -> Tensor.owning(Shape.of(2, 3), new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shape [2, 3] needs 6 values, got 5.");
    }

    @Test
    void shapeKnowsItsStridesAndElements() {
        Shape shape = Shape.of(2, 3, 4);

        assertThat(shape.elements()).isEqualTo(24);
        assertThat(new int[] {shape.stride(0), shape.stride(1), shape.stride(2)})
                .containsExactly(12, 4, 1);
        assertThat(shape.with(1, 1)).isEqualTo(Shape.of(2, 1, 4)).hasToString("[2, 1, 4]");
        assertThat(Shape.of().elements()).isEqualTo(1);
        assertThat(Shape.of(3, 0).elements()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1 << 16, 46341})
    void shapeThatNoArrayHoldsIsRefused(int extent) {
        assertThatThrownBy(() -> Shape.of(extent, extent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has more than 2^31-1 elements");
        assertThatThrownBy(() -> Shape.of(2, -1)).hasMessageContaining("negative extent");
    }

    @Test
    void distanceOfUnitsCountsEverythingThatCarriesTheirOrder() {
        Architecture layers = Architecture.parse("linear(2,2) relu linear(2,1)");
        Weights weights = Weights.of(Map.of(
                "0.weight", Tensor.owning(Shape.of(2, 2), new double[] {1, 2, 3, 5}),
                "0.bias", Tensor.owning(Shape.of(2), new double[] {0, 4}),
                "2.weight", Tensor.owning(Shape.of(1, 2), new double[] {7, 2}),
                "2.bias", Tensor.owning(Shape.of(1), new double[] {100})));

        assertThat(layers.unitGroups().get(0).squaredDistance(weights, 0, 1)).isEqualTo(4 + 9 + 16 + 25);
    }
}
