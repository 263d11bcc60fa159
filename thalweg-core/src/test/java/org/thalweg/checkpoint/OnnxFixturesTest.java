package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.format.Fuzz;
import org.thalweg.checkpoint.format.Mutation;
import org.thalweg.network.Network;

/** Models that PyTorch 1.13 exported (export.py beside them). */
class OnnxFixturesTest {
    @TempDir
    Path folder = Path.of("unset");

    private static Path file(String name) {
        return Fixtures.file("../onnx/" + name);
    }

    @Test
    void readsTheSameNetworkAsItsStateDict() throws IOException {
        Network network = NetworkFile.read(file("mlp.onnx"));

        assertThat(network).isEqualTo(NetworkFile.read(Fixtures.file("mlp.zip.pt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gemm.onnx", "matmul.onnx"})
    void readsDenseLayersEitherWay(String name) throws IOException {
        Network network = NetworkFile.read(file(name));

        assertThat(network.architecture().text()).isEqualTo("linear(6,5) relu linear(5,3,nobias)");
        String expected = "../onnx/expected.json";
        assertThat(network.weights().get("0.weight").toDoubles())
                .containsExactly(Fixtures.expectedIn(expected, "fc1.weight"));
        assertThat(network.weights().get("0.bias").toDoubles())
                .containsExactly(Fixtures.expectedIn(expected, "fc1.bias"));
        assertThat(network.weights().get("2.weight").toDoubles())
                .containsExactly(Fixtures.expectedIn(expected, "out.weight"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            images.onnx       | linear(8,3) relu linear(3,2)
            convolutions.onnx | input(2,14,14) conv(2,4,3,stride=2,pad=1) relu conv(4,3,3) relu maxpool(2) flatten linear(12,3)
            batchnorm.onnx    | input(2,8,8) conv(2,4,3) batchnorm(4) relu maxpool(2) flatten linear(36,3)
            """)
    void recognisesLayersFromTheGraph(String name, String architecture) throws IOException {
        Network network = NetworkFile.read(file(name));

        assertThat(network.architecture().text()).isEqualTo(architecture);
    }

    @Test
    void refusesAResidualNetworkInsteadOfGuessing() {
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> NetworkFile.read(file("residual.onnx")))
                .withMessageContaining(
                        "its graph is no plain chain of known layers: value \"onnx::Gemm_0\" goes to 2 operations.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp.onnx", "matmul.onnx", "convolutions.onnx", "batchnorm.onnx", "images.onnx"})
    void readsOrRefusesDamagedModels(String name) throws IOException {
        byte[] whole = Files.readAllBytes(file(name));
        Path damaged = folder.resolve("damaged.onnx");
        int runs = Integer.getInteger("thalweg.fuzz", 120);
        int refused = 0;
        for (int seed = 0; seed < runs; seed++) {
            Files.write(damaged, new Mutation(seed).of(whole));
            if (Fuzz.isRefused(name + ", seed " + seed, () -> NetworkFile.read(damaged))) {
                refused++;
            }
        }
        assertThat(refused).as("damage is noticed").isGreaterThan(runs / 4); // bits of weights may change
    }
}
