package org.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

/** What a command that computes nothing may load. */
class StartUpTest {
    @TempDir
    Path folder = Path.of("unset");

    private List<String> classesLoadedBy(String line) throws Exception {
        Path log = folder.resolve("classes.txt");
        Path output = folder.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log.getFileName(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(line.split(" ")));
        int code = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(output, UTF_8)).isZero();
        return Files.readAllLines(log, UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "panel --help", "--version", "methods"})
    void commandsThatComputeNothingLoadNothingOfTheEngine(String line) throws Exception {
        assertThat(classesLoadedBy(line))
                .anyMatch(loaded -> loaded.contains(" " + Main.class.getName() + " "))
                .noneMatch(loaded -> loaded.contains("org.bytedeco"));
    }

    @Test
    void whatCanBeConnectedIsToldWithoutTheEngine() throws Exception {
        Architecture layers = Architecture.named("mlp-3", 4, 2);
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        layers.tensors().forEach((name, shape) -> zeros.put(name, Tensor.owning(shape, new float[shape.elements()])));
        NetworkFile.write(folder.resolve("a.safetensors"), new Network(layers, Weights.of(zeros), Provenance.UNKNOWN));

        assertThat(classesLoadedBy("check a.safetensors a.safetensors"))
                .anyMatch(loaded -> loaded.contains("MethodCheck"))
                .noneMatch(loaded -> loaded.contains("org.bytedeco"));
    }

    @Test
    void theLogShowsTheEngineWhereItIsLoaded() throws Exception {
        String line = "train --network mlp-2 --epochs 1 --train-examples 50 --test-examples 50 --seeds 1 --out run";

        assertThat(classesLoadedBy(line)).anyMatch(loaded -> loaded.contains("org.bytedeco"));
    }
}
