package org.thalweg.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Fuzz;
import org.thalweg.checkpoint.format.Mutation;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class ShardedArchiveTest {
    private static final String MAP = "{\"metadata\": {\"total_size\": 12}, \"weight_map\": "
            + "{\"b\": \"model-00002-of-00002.safetensors\", \"a\": \"model-00001-of-00002.safetensors\"}}";

    @TempDir
    Path folder = Path.of("unset");

    private static Tensor tensor(float... values) {
        return Tensor.owning(Shape.of(values.length), values);
    }

    @BeforeEach
    void writeShards() throws IOException {
        write("model-00001-of-00002.safetensors", Map.of("a", tensor(1)));
        write("model-00002-of-00002.safetensors", Map.of("b", tensor(2, 3)));
    }

    private void write(String name, Map<String, Tensor> tensors) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            new SafetensorsWriter(tensors, Map.of()).writeTo(out);
        }
    }

    private Path index(String json) throws IOException {
        return Files.writeString(folder.resolve("model.safetensors.index.json"), json);
    }

    @Test
    void readsTensorsFromTheFilesThatHoldThem() throws IOException {
        ShardedArchive archive = ShardedArchive.open(index(MAP));

        assertThat(archive.entries().keySet()).containsExactly("b", "a");
        Weights weights = archive.read(List.of("a", "b"));
        assertThat(weights.asMap().keySet()).containsExactly("a", "b");
        assertThat(weights.get("a")).isEqualTo(tensor(1));
        assertThat(weights.get("b")).isEqualTo(tensor(2, 3));
        assertThat(archive.remarks()).isEmpty();
    }

    @Test
    void saysWhatIsNotInTheIndex() throws IOException {
        write("model-00001-of-00002.safetensors", Map.of("a", tensor(1), "x", tensor(9)));

        assertThat(ShardedArchive.open(index(MAP)).remarks())
                .containsExactly("1 tensors, such as \"x\", are not in the index, and were left out.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside.safetensors",
                "/etc/passwd",
                "sub/../../outside.safetensors",
                "..\\\\outside",
                ".",
                "",
                "a\\u0000b"
            })
    void refusesFilesThatLeaveTheFolder(String shard) throws IOException {
        Files.writeString(folder.resolveSibling("outside.safetensors"), "secret");
        Path index = index("{\"weight_map\": {\"a\": \"" + shard + "\"}}");

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> ShardedArchive.open(index))
                .withMessageContaining("which leaves its folder; it was not opened.");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"weight_map": {"a": "none.safetensors"}}                     | names the file "none.safetensors", which is not beside it.
            {"weight_map": {"z": "model-00001-of-00002.safetensors"}}     | says that tensor "z" is in "model-00001-of-00002.safetensors", which does not hold it.
            {"weight_map": {"a": 3}}                                      | tensor "a" is in no file.
            {"weight_map": []}                                            | is JSON without a weight_map
            {"a": 1}                                                      | is JSON without a weight_map
            {"weight_map": {"a": "x",}}                                   | is not proper JSON
            {"weight_map": {"a": "broken.safetensors"}}                   | names the file "broken.safetensors", of which: 3 bytes are too few
            """)
    void refusesEveryWayToBeWrong(String json, String part) throws IOException {
        Files.writeString(folder.resolve("broken.safetensors"), "abc");
        Path index = index(json);

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> ShardedArchive.open(index))
                .withMessageContaining(part);
    }

    @Test
    void readsOrRefusesDamagedIndices() throws IOException {
        for (int seed = 0; seed < Integer.getInteger("thalweg.fuzz", 120); seed++) {
            Path file = Files.write(
                    folder.resolve("damaged"),
                    new Mutation(seed).of(MAP.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            boolean refused = Fuzz.isRefused("seed " + seed, () -> {
                ShardedArchive archive = ShardedArchive.open(file);
                archive.read(archive.entries().keySet());
            });
            if (!refused) {
                assertThat(ShardedArchive.open(file).entries().keySet()).isSubsetOf("a", "b");
            }
        }
    }
}
