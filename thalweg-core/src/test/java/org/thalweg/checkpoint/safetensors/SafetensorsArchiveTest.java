package org.thalweg.checkpoint.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Fuzz;
import org.thalweg.checkpoint.format.Mutation;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;

class SafetensorsArchiveTest {
    private static final int RUNS = Integer.getInteger("thalweg.fuzz", 120);

    @TempDir
    Path folder = Path.of("unset");

    /** Returns a file of a header's text and {@code buffer} bytes 0, 1, 2, … after it. */
    private Path file(String header, int buffer) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + buffer).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        for (int i = 0; i < buffer; i++) {
            bytes.put((byte) i);
        }
        return Files.write(folder.resolve("file.safetensors"), bytes.array());
    }

    private static byte[] written(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SafetensorsWriter(tensors, metadata).writeTo(out);
        return out.toByteArray();
    }

    private static Map<String, Tensor> example() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b", Tensor.owning(Shape.of(2, 3), new float[] {1, -2, 3.5f, Float.MIN_VALUE, -0f, 6}));
        tensors.put("a", Tensor.owning(Shape.of(2), new double[] {Math.PI, Double.MAX_VALUE}));
        tensors.put("empty", Tensor.owning(Shape.of(0, 4), new float[0]));
        tensors.put("scalar", Tensor.owning(Shape.of(), new float[] {7}));
        return tensors;
    }

    @Test
    void readsWhatWasWrittenToTheBit() throws IOException {
        Path file = Files.write(folder.resolve("f"), written(example(), Map.of("who", "we", "\"", "\\")));

        SafetensorsArchive archive = SafetensorsArchive.open(file);

        assertThat(archive.entries().keySet()).containsExactly("a", "b", "empty", "scalar");
        assertThat(archive.metadata()).isEqualTo(Map.of("who", "we", "\"", "\\"));
        assertThat(archive.read(List.of("b", "a", "empty", "scalar"))).isEqualTo(Weights.of(example()));
    }

    @Test
    void theBufferBeginsAtAMultipleOfEight() throws IOException {
        byte[] bytes = written(example(), Map.of());

        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
        assertThat(bytes).hasSize((int)
                (8 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() + 16 + 24 + 4));
    }

    @Test
    void readsTypesThatOthersWriteAndUnalignedTensors() throws IOException {
        Path file = file(
                "{\"u\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
                        + "\"h\":{\"dtype\":\"F16\",\"shape\":[1,1],\"data_offsets\":[1,3]},"
                        + "\"f8\":{\"dtype\":\"F8_E4M3\",\"shape\":[],\"data_offsets\":[3,4]}}   ",
                4);

        SafetensorsArchive archive = SafetensorsArchive.open(file);

        assertThat(archive.entry("f8").dtype()).isEqualTo(Dtype.F8_E4M3);
        assertThat(archive.read(List.of("h")).get("h").get(0)).isEqualTo(513 * 0x1p-24); // bits 0x0201
        assertThat(archive.read(List.of("u")).get("u").get(0)).isZero();
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> archive.read(List.of("f8")))
                .withMessageContaining("F8_E4M3");
    }

    @Test
    void filesWithoutTensorsAreFiles() throws IOException {
        assertThat(SafetensorsArchive.open(file("{\"__metadata__\":{}}", 0)).entries())
                .isEmpty();
        assertThat(SafetensorsArchive.open(file("{}", 0)).entries()).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                                                  | 0 | the header is not a JSON object
            {"a":1                                                              | 0 | the header is not proper JSON: '}' is missing
            {"a":{},"a":{}}                                                     | 0 | name "a" occurs twice
            {"__metadata__":{"n":1}}                                            | 0 | metadata "n" is not a string
            {"__metadata__":3}                                                  | 0 | __metadata__ is not a JSON object
            {"a":3}                                                             | 0 | tensor "a" is not a JSON object
            {"a":{"shape":[1],"data_offsets":[0,4]}}                            | 4 | tensor "a" has no dtype
            {"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}              | 4 | has the dtype "F33", which is not known
            {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}             | 4 | shape is not a list of integers from 0 on
            {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}            | 4 | shape is not a list of integers from 0 on
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}              | 4 | are not a range
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}                | 4 | are not a range
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}              | 4 | does not fill its 4 bytes
            {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}} | 4 | overflows 64 bits
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 4 | must neither overlap nor leave holes
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}              | 8 | begins at byte 4 of the buffer but 0 is next
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}              | 5 | the tensors take 4 bytes but the buffer has 5
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}              | 3 | the tensors take 4 bytes but the buffer has 3
            """)
    void refusesEveryWayToBeWrong(String header, int buffer, String part) throws IOException {
        Path file = file(header, buffer);

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> SafetensorsArchive.open(file))
                .withMessageContaining(part)
                .withMessageEndingWith(".");
    }

    @Test
    void refusesWrongLengthsOfTheHeader() throws IOException {
        for (long length : new long[] {0, 1, 3, 100_000_001, Long.MAX_VALUE, -1}) {
            byte[] bytes = ByteBuffer.allocate(10)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .put((byte) '{')
                    .put((byte) '}')
                    .array();
            Path file = Files.write(folder.resolve("f"), bytes);
            assertThatExceptionOfType(FormatException.class)
                    .isThrownBy(() -> SafetensorsArchive.open(file))
                    .withMessageStartingWith("the header's length is given as " + Long.toUnsignedString(length));
        }
        Path tiny = Files.write(folder.resolve("f"), new byte[7]);
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> SafetensorsArchive.open(tiny))
                .withMessageStartingWith("7 bytes are too few");
    }

    @Test
    void refusesTensorsThatNoJavaArrayHolds() throws IOException {
        Path file = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[0,8589934592],\"data_offsets\":[0,0]}}", 0);
        SafetensorsArchive archive = SafetensorsArchive.open(file);

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> archive.read(List.of("a")))
                .withMessageContaining("at most 2^31-17 elements are read");
    }

    @Test
    void refusesMoreTensorsThanItsBound() throws IOException {
        StringBuilder header = new StringBuilder("{\"0\":0");
        for (int i = 1; i < 150_000; i++) {
            header.append(",\"").append(i).append("\":0");
        }
        Path file = file(header.append('}').toString(), 0);

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> SafetensorsArchive.open(file))
                .withMessage("has 150000 tensors; at most 100000 are read.");
    }

    @Test
    void readsOrRefusesDamagedFiles() throws IOException {
        byte[] whole = written(example(), Map.of("who", "we"));
        int refused = 0;
        Path file = folder.resolve("damaged");
        for (int seed = 0; seed < RUNS; seed++) {
            Files.write(file, new Mutation(seed).of(whole));
            if (Fuzz.isRefused("seed " + seed, () -> {
                SafetensorsArchive archive = SafetensorsArchive.open(file);
                archive.read(archive.entries().keySet());
            })) {
                refused++;
            }
        }
        assertThat(refused).as("damage is noticed").isGreaterThan(RUNS / 2);
    }
}
