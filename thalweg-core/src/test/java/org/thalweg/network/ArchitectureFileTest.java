package org.thalweg.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.yaml.YamlException;
import org.thalweg.yaml.YamlFile;

class ArchitectureFileTest {
    private static final String IMAGES = "input: [3, 8, 8]\nlayers:\n";

    private static ArchitectureFile parse(String text) throws YamlException {
        return ArchitectureFile.of(YamlFile.parse("net.yaml", text), Optional.empty());
    }

    @Test
    void everyKindOfLayerIsRead() throws YamlException {
        ArchitectureFile read = parse("""
                input: [3, 8, 8]
                stages:
                  body:
                    - conv: {filters: 4, size: 3, stride: 2, pad: 1, bias: false, name: conv1}
                    - batchnorm: {name: bn1}
                    - relu
                    - maxpool: 2
                    - groupnorm: 2
                    - avgpool: {size: 2, stride: 1}
                    - flatten
                  head:
                    - dropout: 0.25
                    - linear: {units: 5, bias: false}
                    - relu
                    - linear: 2
                """);

        assertThat(read.architecture().text())
                .isEqualTo("input(3,8,8) body: conv(3,4,3,stride=2,pad=1,nobias) batchnorm(4) relu maxpool(2) "
                        + "groupnorm(2,4) avgpool(2,stride=1) flatten head: dropout(0.25) linear(4,5,nobias) relu "
                        + "linear(5,2)");
        assertThat(read.modules())
                .containsOnlyKeys("body.0", "body.1")
                .extractingByKeys("body.0", "body.1")
                .extracting(ArchitectureFile.Module::name)
                .containsExactly("conv1", "bn1");
    }

    @Test
    void theDataSaysWhatTheFileLeavesOut() throws YamlException {
        ArchitectureFile.Task task = new ArchitectureFile.Task(Shape.of(1, 2, 3), 7);
        String text = "layers: [flatten, linear: 4, relu, linear]";

        assertThat(ArchitectureFile.of(YamlFile.parse("net.yaml", text), Optional.of(task))
                        .architecture()
                        .text())
                .isEqualTo("input(1,2,3) flatten linear(6,4) relu linear(4,7)");
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> ArchitectureFile.of(
                        YamlFile.parse("net.yaml", "layers:\n  - flatten\n  - linear\n  - relu\n"), Optional.of(task)))
                .withMessage("net.yaml:3: 'units' is missing; only the last layer takes them from the data.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  - conf: 3; 3: 'conf' is no layer; use linear, conv, relu, maxpool, avgpool, flatten, dropout, batchnorm,"
                        + " groupnorm.",
                "  - relu|  - conv: {filters: 3}; 4: 'size' is missing.",
                "  - conv: {filters: 0, size: 3}; 3: 'filters' is '0' but must be a whole number from 1 to 16777216.",
                "  - conv: {filters: 2, size: 3, padding: 1}; 3: 'padding' is not known here; use filters, size, stride,"
                        + " pad, bias, name.",
                "  - conv: {filters: 2, size: 9}; 3: layer conv(3,2,9) does not fit into images of [3, 8, 8]; use larger"
                        + " images.",
                "  - flatten|  - linear|  - relu; 4: 'units' is missing.",
                "  - flatten|  - linear; 4: 'units' is missing.",
                "  - linear: 3; 3: layer linear(192,3) needs vectors but gets images [3, 8, 8]; put a flatten before it.",
                "  - dropout: 1; 3: a dropout of probability 1.0; it must lie in [0, 1).",
                "  - {relu: 1, flatten: 2}; 3: a layer is one name, with settings behind a colon: conv: {filters: 8, size:"
                        + " 3}."
            })
    void whatIsWrongIsNamedWithItsLine(String textAndMessage) {
        String[] both = textAndMessage.split("; ", 2);
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> parse(IMAGES + both[0].replace("|", "\n")))
                .withMessage("net.yaml:" + both[1]);
    }

    @Test
    void aFileNeedsInputAndLayers() {
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> parse("layers: [linear: 3]"))
                .withMessageStartingWith("net.yaml:1: 'input' is missing");
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> parse("input: [3]"))
                .withMessage("net.yaml:1: an architecture has either 'layers' or 'stages'.");
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> parse("input: [3]\nlayers: [linear: 3, relu]"))
                .withMessageContaining("end with a linear layer");
    }
}
