package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class NetworkFileTest {
    private static final Architecture LAYERS = Architecture.parse("linear(2,3) relu linear(3,2,nobias)");
    private static final Provenance FACTS =
            Provenance.UNKNOWN.with("seed", "1").with("note", "quotes \" and \\ and \u0001 and ü and \uD83D\uDE00");

    @TempDir
    private Path folder = Path.of("unset");

    private Path file() {
        return folder.resolve("new/folder/net.safetensors");
    }

    private static Network network(Precision precision) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        LAYERS.parameters().forEach((name, shape) -> {
            double[] values = new double[shape.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i == 0 ? -0.0 : 0.1 * i + name.length();
            }
            tensors.put(name, Tensor.rounded(shape, values, precision));
        });
        return new Network(LAYERS, Weights.of(tensors), FACTS);
    }

    @ParameterizedTest
    @EnumSource
    void networkComesBackAsItWas(Precision precision) throws IOException {
        NetworkFile.write(file(), network(precision));

        assertThat(NetworkFile.read(file())).isEqualTo(network(precision));
    }

    @Test
    void equalNetworksGiveEqualBytesWhateverTheOrderOfTheirTensors() throws IOException {
        Network network = network(Precision.FLOAT32);
        List<String> names = new ArrayList<>(network.weights().asMap().keySet());
        Collections.reverse(names);
        Map<String, Tensor> turned = new LinkedHashMap<>();
        names.forEach(name -> turned.put(name, network.weights().get(name)));

        NetworkFile.write(folder.resolve("a"), network);
        NetworkFile.write(folder.resolve("b"), new Network(LAYERS, Weights.of(turned), FACTS));

        assertThat(folder.resolve("b")).hasSameBinaryContentAs(folder.resolve("a"));
        assertThat(NetworkFile.hash(folder.resolve("b"))).isEqualTo(NetworkFile.hash(folder.resolve("a")));
        assertThat(NetworkFile.hash(folder.resolve("a"))).matches("[0-9a-f]{64}");
    }

    @Test
    void fileIsLaidOutAsTheFormatSays() throws IOException {
        NetworkFile.write(file(), network(Precision.FLOAT32));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file())).order(ByteOrder.LITTLE_ENDIAN);

        int length = (int) bytes.getLong();
        byte[] header = new byte[length];
        bytes.get(header);

        assertThat(length % 8).isZero();
        assertThat(new String(header, StandardCharsets.UTF_8))
                .startsWith("{\"__metadata__\":{")
                .contains(
                        "\"architecture\":\"linear(2,3) relu linear(3,2,nobias)\"",
                        "\"format\":\"pt\"",
                        "\"thalweg\":\"network\"",
                        "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[12,36]}");
        assertThat(bytes.remaining()).isEqualTo(4 * (6 + 3 + 6));
        assertThat(bytes.getFloat(8 + length)).isEqualTo(-0f); // 0.bias comes first by name
    }

    @Test
    void earlierFileIsReplacedAndNothingElseIsLeft() throws IOException {
        NetworkFile.write(file(), network(Precision.FLOAT64));
        NetworkFile.write(file(), network(Precision.FLOAT32));

        assertThat(NetworkFile.read(file())).isEqualTo(network(Precision.FLOAT32));
        try (Stream<Path> files = Files.list(file().resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void fileThatCannotBeWrittenSaysSoAndLeavesNothing() throws IOException {
        Path blocked = Files.writeString(folder.resolve("blocked"), "a file, no folder");

        assertThatThrownBy(() -> NetworkFile.write(blocked.resolve("net"), network(Precision.FLOAT32)))
                .isInstanceOf(WriteException.class)
                .hasMessageContainingAll(blocked.resolve("net") + ": cannot be written", "choose another place");
        assertThat(blocked).hasContent("a file, no folder");
    }

    @Test
    void pathIsNoNetworkAndANetworkIsNoPath() throws IOException {
        Network network = network(Precision.FLOAT32);
        NetworkFile.write(file(), network);
        Path path = folder.resolve("path");
        PathFile.write(path, PathFileTest.still(network));

        assertThatThrownBy(() -> NetworkFile.read(path))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds a path, not a network");
        assertThatThrownBy(() -> PathFile.read(file()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("holds no path");
    }
}
