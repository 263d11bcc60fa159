package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.network.Architecture;
import org.thalweg.network.Catalogue;
import org.thalweg.network.Network;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

class RecognitionTest {
    @TempDir
    Path folder = Path.of("unset");

    /** Returns a safetensors file of tensors given as {@code name[extent,extent]}, separated by spaces. */
    private Checkpoint file(String tensors, Map<String, String> metadata) throws IOException {
        Map<String, Tensor> map = new LinkedHashMap<>();
        for (String tensor : tensors.strip().split(" +", -1)) {
            int bracket = tensor.indexOf('[');
            int[] extents = Arrays.stream(
                            tensor.substring(bracket + 1, tensor.length() - 1).split(",", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            Shape shape = Shape.of(extents);
            map.put(tensor.substring(0, bracket), Tensor.owning(shape, new float[shape.elements()]));
        }
        Path file = folder.resolve("file.safetensors");
        Safetensors.write(file, map, metadata);
        return Checkpoint.open(file);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # tensors                                                        | architecture                                | names in our order
            0.weight[5,6] 0.bias[5] 2.weight[3,5] 2.bias[3]                  | linear(6,5) relu linear(5,3)                | 0.weight 0.bias 2.weight 2.bias
            module.0.weight[5,6] module.2.weight[3,5]                        | linear(6,5,nobias) relu linear(5,3,nobias)  | module.0.weight module.2.weight
            net.1.weight[5,6] net.4.weight[3,5]                              | linear(6,5,nobias) relu linear(5,3,nobias)  | net.1.weight net.4.weight
            0.weight[5,6] 1.weight[3,5]                                      | linear(6,5,nobias) linear(5,3,nobias)       | 0.weight 1.weight
            fc1.weight[5,6] fc1.bias[5] fc2.weight[3,5]                      | linear(6,5) relu linear(5,3,nobias)         | fc1.weight fc1.bias fc2.weight
            fc2.weight[4,4] fc10.weight[4,4] fc1.weight[4,6]                 | linear(6,4,nobias) relu linear(4,4,nobias) relu linear(4,4,nobias) | fc1.weight fc2.weight fc10.weight
            decoder.weight[6,5] encoder.weight[5,6] zoom.weight[4,6]         | linear(6,5,nobias) relu linear(5,6,nobias) relu linear(6,4,nobias) | encoder.weight decoder.weight zoom.weight
            weight[3,6] bias[3]                                              | linear(6,3)                                 | weight bias
            """)
    void recognisesStacksOfLinearLayers(String tensors, String architecture, String names) throws IOException {
        Recognition recognition = Recognition.of(file(tensors, Map.of()));

        assertThat(recognition.architecture().text()).isEqualTo(architecture);
        assertThat(recognition.names().values()).containsExactly(names.split(" ", -1));
        assertThat(recognition.names().keySet())
                .containsExactlyElementsOf(
                        recognition.architecture().parameters().keySet());
    }

    @Test
    void saysThatReluAndAnUnusualOrderWereAssumed() throws IOException {
        Recognition odd = Recognition.of(file("head.weight[3,5] body.weight[5,6] z.weight[2,3]", Map.of()));
        Recognition single = Recognition.of(file("0.weight[3,5]", Map.of()));
        Recognition square = Recognition.of(file("fc10.weight[4,4] fc9.weight[4,4]", Map.of()));

        assertThat(odd.assumptions())
                .containsExactly("ReLU is assumed between the linear layers; names and shapes do not say.");
        assertThat(single.assumptions()).isEmpty();
        assertThat(square.assumptions())
                .contains("The layers are taken in this order, though others would fit: \"fc9\", \"fc10\".");
        Recognition other = Recognition.of(file("a.weight[3,5] b.weight[5,6]", Map.of()));
        assertThat(other.assumptions())
                .containsExactly(
                        "The layers' order is the only one in which outputs meet inputs: \"b\", \"a\".",
                        "ReLU is assumed between the linear layers; names and shapes do not say.");
    }

    /** By their own names, which are torchvision's, behind a prefix or not. */
    @ParameterizedTest(name = "{0} as {3}")
    @CsvSource({
        "vgg16-quarter, 3 32 32, 10, ''",
        "vgg16, 3 32 32, 100, module.",
        "vgg16-bn-half, 3 32 32, 10, net.",
        "conv2fc1, 3 32 32, 10, ''",
        "conv2fc1, 1 28 28, 10, model."
    })
    void recognisesTheCataloguesConvolutionalNetworks(String name, String image, int classes, String prefix)
            throws IOException {
        int[] extents =
                Arrays.stream(image.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
        Architecture architecture = Catalogue.named(name, Shape.of(extents), classes);
        StringBuilder tensors = new StringBuilder();
        architecture.tensors().forEach((tensor, shape) -> {
            tensors.append(prefix)
                    .append(tensor)
                    .append(shape.toString().replace(" ", ""))
                    .append(' ');
        });

        Recognition recognition = Recognition.of(file(tensors.toString(), Map.of()));

        assertThat(recognition.architecture()).isEqualTo(architecture);
        assertThat(recognition.names()).hasSameSizeAs(architecture.tensors());
        assertThat(recognition.assumptions())
                .containsExactly("Names and shapes are those of " + name + " for images of " + image.replace(' ', 'x')
                        + "; what has no weights is assumed to be as there.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            conv.weight[4,3,5,5] fc.weight[3,5]             | tensor "conv.weight" of shape [4, 3, 5, 5] is neither weight nor bias of a linear layer
            w[3,5]                                          | tensor "w" of shape [3, 5] is neither
            0.weight[3,5] 0.bias[4]                         | tensor "0.bias" has the shape [4] but its weight has 3 rows
            0.weight[3,5] 1.bias[3]                         | tensor "1.bias" has no weight beside it
            0.weight[3,5] 2.weight[2,4]                     | meet in no order
            x.weight[4,6] b.weight[6,4] c.weight[6,4] a.weight[4,6] | meet in several orders
            """)
    void refusesWhatItCannotTell(String tensors, String part) throws IOException {
        Checkpoint checkpoint = file(tensors, Map.of());

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Recognition.of(checkpoint))
                .withMessageStartingWith(checkpoint.file() + ": ")
                .withMessageContaining(part)
                .withMessageEndingWith(".");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            0.weight[5,6] 0.bias[5] 2.weight[3,5] 2.bias[3]                  | 0.weight 0.bias 2.weight 2.bias
            module.0.weight[5,6] module.0.bias[5] module.2.weight[3,5] module.2.bias[3] | module.0.weight module.0.bias module.2.weight module.2.bias
            fc1.weight[5,6] fc1.bias[5] out.weight[3,5] out.bias[3]          | fc1.weight fc1.bias out.weight out.bias
            """)
    void findsTheTensorsOfAStatedArchitecture(String tensors, String names) throws IOException {
        Checkpoint checkpoint = file(tensors, Map.of("architecture", "linear(6,5) relu linear(5,3)"));
        if (tensors.startsWith("fc1")) { // sorted by name, biases stand first, so places do not agree
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> Recognition.of(checkpoint))
                    .withMessageContaining("is not part of its architecture");
            return;
        }

        assertThat(Recognition.of(checkpoint).names().values()).containsExactly(names.split(" ", -1));
        assertThat(Recognition.of(checkpoint).assumptions()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            0.weight[5,6] 0.bias[5] 2.weight[3,5]                   | tensor "2.bias" of its architecture is missing.
            0.weight[5,6] 0.bias[5] 2.weight[4,5] 2.bias[3]         | tensor "2.weight" has the shape [4, 5] but its architecture needs [3, 5].
            0.weight[5,6] 0.bias[5] 2.weight[3,5] 2.bias[3] x[1]    | tensor "x" is not part of its architecture
            """)
    void namesTheTensorThatDoesNotFitTheArchitecture(String tensors, String part) throws IOException {
        Checkpoint checkpoint = file(tensors, Map.of("architecture", "linear(6,5) relu linear(5,3)"));

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Recognition.of(checkpoint))
                .withMessageContaining(part);
    }

    @Test
    void networksOfForeignFilesComeWithTheirOwnNamesAndRemarks() throws IOException {
        List<String> remarks = new ArrayList<>();
        Network network = NetworkFile.read(Fixtures.file("mlp.mode-connectivity.pt"), remarks::add);
        Network plain = NetworkFile.read(Fixtures.file("mlp.zip.pt"));

        assertThat(network.weights()).isEqualTo(plain.weights());
        assertThat(network.architecture().text()).isEqualTo("linear(6,5) relu linear(5,3)");
        assertThat(network.provenance().fact("names"))
                .contains("{\"0.weight\":\"module.0.weight\",\"0.bias\":\"module.0.bias\","
                        + "\"2.weight\":\"module.2.weight\",\"2.bias\":\"module.2.bias\"}");
        assertThat(plain.provenance().facts()).isEmpty();
        assertThat(remarks)
                .hasSize(2)
                .last()
                .isEqualTo("ReLU is assumed between the linear layers; names and shapes do not say.");
    }

    @Test
    void integersAreNoWeights() throws IOException {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> NetworkFile.read(Fixtures.file("batch-norm.pt")))
                .withMessageContaining("tensor \"0.weight\" of shape [4, 2, 3, 3]");
    }

    @Test
    void refusesWeightsOfTwoPrecisions() throws IOException {
        Path file = folder.resolve("mixed.safetensors");
        Map<String, Tensor> tensors = Map.of(
                "0.weight", Tensor.owning(Shape.of(1, 1), new float[1]),
                "0.bias", Tensor.owning(Shape.of(1), new double[1]));
        Safetensors.write(file, tensors, Map.of());

        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> NetworkFile.read(file))
                .withMessageContaining("'0.weight' is FLOAT32 but tensor '0.bias' is FLOAT64");
    }
}
