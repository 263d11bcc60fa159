package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DenseArchitectureTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mlp-2000               | linear(784,2000) relu linear(2000,10)
            mlp-512-256            | linear(784,512) relu linear(512,256) relu linear(256,10)
            mlp-7-nobias           | linear(784,7,nobias) relu linear(7,10,nobias)
            """)
    void namesOfTheCatalogueAreTheirLayers(String name, String text) {
        assertThat(Architecture.named(name, 784, 10).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(3,4)",
                "linear(3,4,nobias)",
                "linear(3,4) relu linear(4,5,nobias)",
                "linear(1,2) relu relu linear(2,2)"
            })
    void textIsReadBack(String text) {
        assertThat(Architecture.parse(text).text()).isEqualTo(text);
        assertThat(Architecture.parse("  " + text.replace(" ", " \n ") + " ")).isEqualTo(Architecture.parse(text));
    }

    @Test
    void parametersHaveTheNamesAndShapesThatPyTorchGivesThem() {
        assertThat(Architecture.parse("linear(784,20) relu linear(20,9,nobias) relu linear(9,10)")
                        .parameters())
                .containsExactly(
                        Map.entry("0.weight", Shape.of(20, 784)),
                        Map.entry("0.bias", Shape.of(20)),
                        Map.entry("2.weight", Shape.of(9, 20)),
                        Map.entry("4.weight", Shape.of(10, 9)),
                        Map.entry("4.bias", Shape.of(10)));
    }

    @Test
    void eachHiddenLayerIsAGroupOfRowsBiasesAndColumnsOfTheNext() {
        assertThat(Architecture.parse("linear(3,4) relu linear(4,5,nobias) relu linear(5,2)")
                        .unitGroups())
                .containsExactly(
                        new UnitGroup(
                                0,
                                4,
                                List.of(
                                        new UnitGroup.Slice("0.weight", 0),
                                        new UnitGroup.Slice("0.bias", 0),
                                        new UnitGroup.Slice("2.weight", 1))),
                        new UnitGroup(
                                2, 5, List.of(new UnitGroup.Slice("2.weight", 0), new UnitGroup.Slice("4.weight", 1))));
    }

    @Test
    void inputsAndClassesAreThoseOfTheFirstAndLastLayer() {
        Architecture layers = Architecture.named("mlp-8-9", 5, 3);

        assertThat(layers.inputs()).isEqualTo(5);
        assertThat(layers.outputs()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"mpl-5, mlp-5", "mlp_512-256, mlp-512-256", "mmlp-8-nobias, mlp-8-nobias", "mlp12, mlp-12"})
    void misspeltNamesAreProposedRight(String name, String meant) {
        assertThatThrownBy(() -> Architecture.named(name, 4, 2))
                .hasMessage("unknown network '" + name + "'; did you mean '" + meant + "'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "mlp-", "mlp-0", "mlp-5-", "mlp--5", "mlp-5-nobia", "mlp-9999999999", ""})
    void unknownNamesAreToldWithTheForm(String name) {
        assertThatThrownBy(() -> Architecture.named(name, 4, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("unknown network '" + name + "'", "mlp-2000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            linear(3,4) relu linear(5,2)    | layer linear(5,2) follows a layer of 4 outputs
            linear(3)                       | layer 'linear(3)' is not understood
            linear(-3,4)                    | layer 'linear(-3,4)' is not understood
            linear(0,4)                     | both must be positive
            linear(3,0)                     | both must be positive
            linear(3,99999999999)           | is not understood
            ''                              | is not understood
            """)
    void layersThatDoNotFitAreNamed(String text, String part) {
        assertThatThrownBy(() -> Architecture.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }
}
