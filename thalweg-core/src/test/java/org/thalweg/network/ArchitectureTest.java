package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String STAGED =
            "input(3,8,8) features: conv(3,4,3,pad=1) batchnorm(4) relu maxpool(2) flatten "
                    + "classifier: dropout(0.5) linear(64,10)";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "linear(784,2000) relu linear(2000,10)",
                "linear(3,2,nobias) relu linear(2,2,nobias)",
                "linear(3,2) groupnorm(1,2) dropout(1.0E-4) relu linear(2,2)",
                "input(1,2,2) flatten linear(4,2)",
                "input(3,9,7) conv(3,8,5,stride=2,pad=2,nobias) relu maxpool(3,stride=2,pad=1) avgpool(2) flatten linear(8,2)",
                STAGED
            })
    void textIsReadAsItWasPrinted(String text) {
        assertThat(Architecture.parse(text).text()).isEqualTo(text);
    }

    @Test
    void namesCountFromTheStageWhereTheyStand() {
        Architecture architecture = Architecture.parse(STAGED);

        assertThat(architecture.tensors().keySet())
                .containsExactly(
                        "features.0.weight",
                        "features.0.bias",
                        "features.1.weight",
                        "features.1.bias",
                        "features.1.running_mean",
                        "features.1.running_var",
                        "classifier.1.weight",
                        "classifier.1.bias");
        assertThat(architecture.buffers().keySet())
                .containsExactly("features.1.running_mean", "features.1.running_var");
        assertThat(architecture.parameters()).hasSize(6).doesNotContainKey("features.1.running_var");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conv(3,4,3)                  | [4, 6, 5]",
                "conv(3,4,3,stride=2,pad=1)   | [4, 4, 4]",
                "maxpool(2)                   | [3, 4, 3]",
                "maxpool(3,stride=2)          | [3, 3, 3]",
                "avgpool(3,stride=1,pad=1)    | [3, 8, 7]",
                "relu                         | [3, 8, 7]",
                "flatten                      | [168]"
            })
    void shapesFollowFromTheInput(String layer, String expected) {
        assertThat(LayerText.parse(layer).output(Shape.of(3, 8, 7))).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "relu linear(2,2)                                | must say what images it takes",
                "input(1,4,4) relu flatten linear(16,2)          | must begin with a linear or conv layer",
                "linear(2,2) relu                                | end with a linear layer",
                "linear(2,3) relu linear(2,2)                    | follows a layer of 3 outputs in linear(2,3)",
                "input(1,4,4) linear(16,2)                       | put a flatten before it",
                "input(1,4,4) conv(2,3,3) flatten linear(12,2)   | gets images of 1 channels",
                "input(1,4,4) conv(1,3,5) flatten linear(12,2)   | does not fit into images of [1, 4, 4]",
                "input(1,4,4) conv(1,3,3) batchnorm(4) flatten linear(12,2) | batchnorm(4) gets values of shape [3, 2, 2]",
                "input(1,4,4) conv(1,4,3) groupnorm(3,4) flatten linear(16,2) | the groups must divide the channels",
                "input(1,4,4) conv(1,4,3,pad=3) flatten linear(16,2) | padding at least 0 and less than the size",
                "input(1,4,4) conv(1,4,3) maxpool(2,pad=2) flatten linear(16,2) | less than the size",
                "linear(2,2) dropout(1) linear(2,2)              | must lie in [0, 1)",
                "linear(2,2) tanh linear(2,2)                    | layer 'tanh' is not understood",
                "linear(2,2) input(1,1,2) linear(2,2)            | layer 'input(1,1,2)' is not understood",
                "input(1,4,4) conv(1,4,3,pad) flatten linear(16,2) | window '3,pad' is not understood"
            })
    void whatDoesNotFitIsRefusedWithASentence(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Architecture.parse(text))
                .withMessageContaining(reason);
    }
}
