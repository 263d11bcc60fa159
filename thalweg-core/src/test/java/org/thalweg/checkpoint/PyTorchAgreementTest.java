package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.network.Network;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Track;
import org.thalweg.peers.Python;

/** Needs Python with PyTorch, named by the system property {@code peers.python}. */
@Tag("peers")
class PyTorchAgreementTest {
    @TempDir
    Path folder = Path.of("unset");

    @Test
    void readsWhatPyTorchSavesInEveryWay() throws IOException {
        Python.run(getClass(), "torch_agreement.py", "", "save", folder);

        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".pt")).sorted().toList();
        }
        assertThat(files).hasSize(34);
        for (Path file : files) {
            Checkpoint checkpoint = Checkpoint.open(file);
            Weights read = checkpoint.read(checkpoint.entries().keySet());
            Described.assertHolds(
                    read.asMap(),
                    Described.json(Files.readString(Path.of(file + ".json"))),
                    file.getFileName().toString());
        }
    }

    private Network network(boolean wide) throws IOException {
        return NetworkFile.read(Fixtures.file(wide ? "mlp.float64.pt" : "mlp.mode-connectivity.pt"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pyTorchLoadsWhatIsExported(boolean wide) throws IOException {
        Network network = network(wide);
        Path file = folder.resolve("network.pt");

        NetworkFile.export(file, network);

        String loaded =
                Python.run(getClass(), "torch_agreement.py", "", "load", file).get(0);
        Checkpoint again = Checkpoint.open(file);
        Described.assertHolds(again.read(again.entries().keySet()).asMap(), Described.json(loaded), "exported");
        assertThat(NetworkFile.read(file)).isEqualTo(network);
    }

    @Test
    void pyTorchComputesTheSameOutputsFromAnExportedPoint() throws IOException {
        Network a = NetworkFile.read(Fixtures.file("mlp.zip.pt"));
        Network b = NetworkFile.read(Fixtures.file("mlp.float16.pt"));
        Map<String, Track> tracks = new java.util.LinkedHashMap<>();
        a.weights()
                .asMap()
                .forEach((name, tensor) ->
                        tracks.put(name, Track.linear(tensor, b.weights().get(name))));
        org.thalweg.path.Path path = new org.thalweg.path.Path(
                a.architecture(), "linear", List.of(new CurveLeg("curve", tracks)), a.provenance());
        Path file = folder.resolve("mid.pt");
        double[] input = new SplittableRandom(3).doubles(6, -2, 2).toArray();

        NetworkFile.export(file, path.networkAt(0.25));

        String inputs = "[" + java.util.Arrays.toString(input) + "]";
        String outputs = Python.run(getClass(), "torch_agreement.py", inputs, "run", file)
                .get(0);
        double[] expected = outputs(path.at(0.25), input);
        double[] actual = Described.doubles(((List<?>) Described.json(outputs)).get(0));
        assertThat(actual).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-6)); // PyTorch computes in float32
        }
    }

    private static double[] outputs(Weights weights, double[] input) {
        double[] hidden = affine(weights.get("0.weight"), weights.get("0.bias"), input);
        double[] active =
                java.util.Arrays.stream(hidden).map(h -> Math.max(h, 0)).toArray();
        return affine(weights.get("2.weight"), weights.get("2.bias"), active);
    }

    private static double[] affine(Tensor weight, Tensor bias, double[] x) {
        double[] y = bias.toDoubles();
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += weight.get(i * x.length + j) * x[j];
            }
        }
        return y;
    }
}
