package org.thalweg.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.network.Network;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/** Files byte by byte: what is read, and every way in which a file can be wrong that docs/formats.md lists. */
class SafetensorsFileTest {
    @TempDir
    private Path folder = Path.of("unset");

    private Path file(byte[] header, byte[] buffer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.writeBytes(header);
        out.writeBytes(buffer);
        return Files.write(folder.resolve("file.safetensors"), out.toByteArray());
    }

    private Path file(String header, int bufferBytes) throws IOException {
        return file(header.getBytes(StandardCharsets.UTF_8), new byte[bufferBytes]);
    }

    private void assertRefused(Path file, String part) {
        assertThatThrownBy(() -> NetworkFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(part)
                .hasMessageNotContaining("\n");
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets
                + "}";
    }

    @Test
    void fileOfAnotherWriterIsRead() throws IOException {
        byte[] buffer = ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.5f)
                .putFloat(-2)
                .putFloat(3)
                .array();
        String header =
                "{" + tensor("0.bias", "F32", "[1]", "[0,4]") + ", " + tensor("0.weight", "F32", "[1,2]", "[4,12]")
                        + ",\"__metadata__\":{\"format\":\"pt\",\"who\":\"you\"}}   ";

        Network network = NetworkFile.read(file(header.getBytes(StandardCharsets.UTF_8), buffer));

        assertThat(network.architecture().text()).isEqualTo("linear(2,1)");
        assertThat(network.weights().asMap().keySet()).containsExactly("0.weight", "0.bias");
        assertThat(network.weights().get("0.weight")).isEqualTo(Tensor.owning(Shape.of(1, 2), new float[] {-2, 3}));
        assertThat(network.provenance().facts()).containsOnlyKeys("who");
    }

    @Test
    void float64IsKept() throws IOException {
        byte[] buffer = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(0.1)
                .array();
        String header = "{" + tensor("0.weight", "F64", "[1,1]", "[0,8]") + "}";

        Tensor weight = NetworkFile.read(file(header.getBytes(StandardCharsets.UTF_8), buffer))
                .weights()
                .get("0.weight");

        assertThat(weight.precision()).isEqualTo(Precision.FLOAT64);
        assertThat(weight.get(0)).isEqualTo(0.1);
    }

    /** Bits of binary16 and bfloat16 whose values are known; subnormal, largest and signed ones too. */
    @ParameterizedTest
    @CsvSource({
        "F16, 3c00, 1",
        "F16, c000, -2",
        "F16, 3555, 0.333251953125",
        "F16, 7bff, 65504",
        "F16, 0001, 5.960464477539063e-8",
        "F16, 03ff, 6.097555160522461e-5",
        "F16, 0400, 6.103515625e-5",
        "F16, 8000, -0.0",
        "F16, 83ff, -6.097555160522461e-5",
        "BF16, 3f80, 1",
        "BF16, c040, -3",
        "BF16, 7f7f, 3.3895313892515355e38",
        "BF16, 8000, -0.0",
        "BF16, 0001, 9.183549615799121e-41"
    })
    void halfPrecisionIsWidened(String dtype, String bits, double value) throws IOException {
        short half = (short) Integer.parseInt(bits, 16);
        byte[] buffer = ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(half)
                .array();
        String header = "{" + tensor("0.weight", dtype, "[1,1]", "[0,2]") + "}";

        Tensor weight = NetworkFile.read(file(header.getBytes(StandardCharsets.UTF_8), buffer))
                .weights()
                .get("0.weight");

        assertThat(weight).isEqualTo(Tensor.owning(Shape.of(1, 1), new float[] {(float) value}));
    }

    @ParameterizedTest
    @CsvSource({"F16, 7c00", "F16, fc00", "F16, 7e00", "BF16, 7f80", "BF16, 7fc0"})
    void infinitiesAndNansAreRefused(String dtype, String bits) throws IOException {
        short half = (short) Integer.parseInt(bits, 16);
        byte[] buffer = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) 0)
                .putShort(half)
                .array();
        String header = "{" + tensor("0.weight", dtype, "[1,2]", "[0,4]") + "}";

        assertRefused(file(header.getBytes(StandardCharsets.UTF_8), buffer), "at index 1; only finite weights");
    }

    @ParameterizedTest
    @CsvSource({"0, is empty", "1, is no weight file of a format", "7, is no weight file of a format"})
    void fileShorterThanTheLengthIsRefused(int bytes, String part) throws IOException {
        assertRefused(Files.write(folder.resolve("short"), new byte[bytes]), part);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 3, 100_000_000})
    void lengthThatTheFileDoesNotHoldIsRefused(long length) throws IOException {
        assertRefused(
                emptyHeaderOf(length),
                "the header's length is given as " + length + " but the file has 2 bytes after it");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 100_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void lengthThatNoHeaderHasIsOfNoKnownFormat(long length) throws IOException {
        assertRefused(emptyHeaderOf(length), "is no weight file of a format that is read");
    }

    private Path emptyHeaderOf(long length) throws IOException {
        byte[] bytes = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put((byte) '{')
                .put((byte) '}')
                .array();
        return Files.write(folder.resolve("length"), bytes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []                                  | the header is not a JSON object
            {"a":7}                             | tensor "a" is not a JSON object
            {"a":{}}                            | tensor "a" has no dtype
            {"a":{"dtype":7}}                   | tensor "a" has no dtype
            {"__metadata__":7}                  | __metadata__ is not a JSON object
            {"__metadata__":{"x":7}}            | metadata "x" is not a string
            {"a":1,"a":2}                       | name "a" occurs twice
            {"a":1                              | is not proper JSON
            {"a":1}}                            | something follows the end
            {'a':1}                             | is not proper JSON
            {"a":01}                            | is not proper JSON
            {"a":1,}                            | is not proper JSON
            {"a":NaN}                           | is not proper JSON
            {"a":"\\x"}                         | escape \\x is unknown
            {"a":"\\ud800"}                     | half a surrogate pair
            {"a":99999999999999999999}          | out of range
            """)
    void headerThatIsNotStrictJsonIsRefused(String header, String part) throws IOException {
        assertRefused(file(header.replace("\\\\", "\\"), 0), part.replace("\\\\", "\\"));
    }

    @Test
    void badUtf8AndDeepNestingAreRefused() throws IOException {
        assertRefused(file(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}, new byte[0]), "not UTF-8");
        assertRefused(file("[".repeat(100_000) + "]".repeat(100_000), 0), "nesting is deeper than 32");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            F32  | [1,1]   | [0,4]    | 5 | the tensors take 4 bytes but the buffer has 5
            F32  | [1,1]   | [0,4]    | 3 | the tensors take 4 bytes but the buffer has 3
            F32  | [1,1]   | [4,8]    | 8 | begins at byte 4 of the buffer but 0 is next
            F32  | [1,2]   | [0,4]    | 4 | of shape [1, 2] and dtype F32 does not fill its 4 bytes
            F64  | [1,1]   | [0,4]    | 4 | of shape [1, 1] and dtype F64 does not fill its 4 bytes
            F32  | [1,1]   | [4,0]    | 4 | data_offsets [4, 0] are not a range
            F32  | [1,1]   | [0]      | 4 | are not a range
            F32  | [1,1]   | [0,4,4]  | 4 | are not a range
            F32  | [1,1]   | [-4,0]   | 4 | is not a list of integers from 0 on
            F32  | [1,-1]  | [0,4]    | 4 | shape is not a list of integers from 0 on
            F32  | [1.0,1] | [0,4]    | 4 | shape is not a list of integers from 0 on
            F32  | 1       | [0,4]    | 4 | shape is not a list of integers from 0 on
            F32  | [4294967296,4294967296] | [0,4] | 4 | which overflows 64 bits
            F13  | [1,1]   | [0,4]    | 4 | has the dtype "F13", which is not known
            I32  | [1,1]   | [0,4]    | 4 | has the dtype I32 but weights must be F32, F64, F16 or BF16
            BOOL | [1,4]   | [0,4]    | 4 | has the dtype BOOL but weights must be
            """)
    void tensorThatDoesNotFitTheBufferIsRefused(String dtype, String shape, String offsets, int buffer, String part)
            throws IOException {
        assertRefused(file("{" + tensor("0.weight", dtype, shape, offsets) + "}", buffer), part);
    }

    @Test
    void overlapsAndHolesBetweenTensorsAreRefused() throws IOException {
        String first = tensor("0.weight", "F32", "[1,1]", "[0,4]");

        assertRefused(
                file("{" + first + "," + tensor("0.bias", "F32", "[1]", "[0,4]") + "}", 4),
                "begins at byte 0 of the buffer but 4 is next");
        assertRefused(
                file("{" + first + "," + tensor("0.bias", "F32", "[1]", "[8,12]") + "}", 12),
                "begins at byte 8 of the buffer but 4 is next");
    }

    /** An extent of 0 makes any others fit into no bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"[0,9223372036854775807]", "[0,70000,70000]", "[3,0]"})
    void tensorWithoutElementsIsRefusedByItsShape(String shape) throws IOException {
        Path file = file("{" + tensor("0.weight", "F32", shape, "[0,0]") + "}", 0);

        assertThatThrownBy(() -> NetworkFile.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void fileThatIsNotThereIsToldSo() {
        Path none = folder.resolve("none");

        assertThatThrownBy(() -> NetworkFile.read(none))
                .isInstanceOf(MissingFileException.class)
                .hasMessageContaining(none + ": no such file");
        assertThatThrownBy(() -> PathFile.read(folder)).isInstanceOf(MissingFileException.class);
    }
}
