package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Track;

class NetworkFileExportTest {
    @TempDir
    Path folder = Path.of("unset");

    /** Returns a network of a file whose names sort against their order, and whose biases stand before its weights. */
    private Network foreign() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("in.weight", Tensor.owning(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6}));
        tensors.put("in.bias", Tensor.owning(Shape.of(2), new float[] {7, 8}));
        tensors.put("end.weight", Tensor.owning(Shape.of(1, 2), new float[] {9, 10}));
        Path file = folder.resolve("foreign.safetensors");
        Safetensors.write(file, tensors, Map.of());
        return NetworkFile.read(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.safetensors", "out.pt", "OUT.PTH", "out.npz"})
    void networksGoHomeUnderTheirOwnNames(String name) throws IOException {
        Network network = foreign();
        Path file = folder.resolve(name);

        NetworkFile.export(file, network);

        assertThat(Checkpoint.open(file).entries().keySet())
                .containsExactlyInAnyOrder("in.weight", "in.bias", "end.weight");
        assertThat(NetworkFile.read(file)).isEqualTo(network);
    }

    @Test
    void filesOfOurOwnKeepOurNamesAndRememberTheOthers() throws IOException {
        Path file = folder.resolve("ours.safetensors");

        NetworkFile.write(file, foreign());

        assertThat(Checkpoint.open(file).entries().keySet())
                .containsExactlyInAnyOrder("0.weight", "0.bias", "2.weight");
        assertThat(NetworkFile.read(file)).isEqualTo(foreign());
    }

    @Test
    void pointsOfAPathHaveTheNamesOfItsStart() throws IOException {
        Network start = foreign();
        Map<String, Track> tracks = new LinkedHashMap<>();
        start.weights().asMap().forEach((name, tensor) -> tracks.put(name, Track.resting(tensor)));
        org.thalweg.path.Path path = new org.thalweg.path.Path(
                start.architecture(), "linear", List.of(new CurveLeg("curve", tracks)), Provenance.UNKNOWN);
        Path saved = folder.resolve("path.safetensors");
        Path point = folder.resolve("point.pt");

        PathFile.write(saved, path, start);
        NetworkFile.export(point, PathFile.read(saved).networkAt(0.5));

        assertThat(PathFile.isPath(Checkpoint.open(saved))).isTrue();
        assertThat(Checkpoint.open(point).entries().keySet()).containsExactly("in.weight", "in.bias", "end.weight");
    }

    @Test
    void factsThatOnlyLookLikeNamesAreIgnored() throws IOException {
        for (String fact : List.of("Anna", "[]", "{}", "{\"0.weight\":\"x\",\"0.bias\":\"x\"}")) {
            Network network = NetworkFile.read(Fixtures.file("mlp.zip.pt"));
            Network named = new Network(
                    network.architecture(),
                    network.weights(),
                    network.provenance().with("names", fact));
            Path file = folder.resolve("named.pt");

            NetworkFile.export(file, named);

            assertThat(Checkpoint.open(file).entries().keySet())
                    .containsExactlyElementsOf(network.weights().asMap().keySet());
        }
    }

    @Test
    void theSuffixMustNameAFormat() throws IOException {
        Network network = NetworkFile.read(Fixtures.file("mlp.zip.pt"));
        Path file = folder.resolve("network.zip");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NetworkFile.export(file, network))
                .withMessage(
                        file + ": the suffix tells the format to write; use one of .safetensors, .pt, .pth, .npz.");
        assertThat(Files.exists(file)).isFalse();
    }
}
