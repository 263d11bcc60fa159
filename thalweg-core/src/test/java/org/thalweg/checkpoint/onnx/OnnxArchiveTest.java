package org.thalweg.checkpoint.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.FormatException;

class OnnxArchiveTest {
    @TempDir
    Path folder = Path.of("unset");

    private OnnxArchive open(byte[] model) throws IOException {
        return OnnxArchive.open(Files.write(folder.resolve("model.onnx"), model));
    }

    /** Returns a graph from x to y with a matrix w [3, 2], a square s [3, 3], a bias b [3], a filter f [4, 2, 3, 3]. */
    private static Proto graph(long[] input, Proto... nodes) {
        Proto graph = new Proto();
        for (Proto node : nodes) {
            graph.message(1, node);
        }
        return graph.message(5, Proto.floats("w", new long[] {3, 2}, 1, 2, 3, 4, 5, 6))
                .message(5, Proto.floats("s", new long[] {3, 3}, new float[9]))
                .message(5, Proto.floats("b", new long[] {3}, 7, 8, 9))
                .message(5, Proto.floats("f", new long[] {4, 2, 3, 3}, new float[72]))
                .message(11, Proto.value("x", input))
                .message(12, Proto.value("y"));
    }

    private static Proto vectors(Proto... nodes) {
        return graph(new long[] {-1, 2}, nodes);
    }

    private static Proto images(Proto... nodes) {
        return graph(new long[] {-1, 2, 5, 5}, nodes);
    }

    private static Proto gemm(String inputs, String output, Proto... more) {
        Proto[] attributes = Stream.concat(Stream.of(Proto.integers("transB", 1)), Stream.of(more))
                .toArray(Proto[]::new);
        return Proto.node("Gemm", inputs, output, attributes);
    }

    @Test
    void matricesAreGivenByRowsWhicheverWayTheyAreKept() throws IOException {
        OnnxArchive byRows = open(Proto.model(vectors(gemm("x w b", "y"))));
        assertThat(byRows.metadata())
                .containsEntry("architecture", "linear(2,3)")
                .containsEntry("names", "{\"0.weight\":\"w\",\"0.bias\":\"b\"}");
        assertThat(byRows.read(List.of("w")).get("w").toFloats()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(byRows.remarks()).isEmpty();

        OnnxArchive byColumns = open(Proto.model(graph(new long[] {1, 3}, Proto.node("MatMul", "x w", "y"))));
        assertThat(byColumns.metadata()).containsEntry("architecture", "linear(3,2,nobias)");
        assertThat(byColumns.entry("w").shape()).containsExactly(2L, 3L);
        assertThat(byColumns.read(List.of("w")).get("w").toFloats()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(byColumns.remarks()).containsExactly("Kept as [inputs, outputs] in the file and turned: \"w\".");
    }

    @Test
    void addsAfterProductsAreBiasesOnEitherSide() throws IOException {
        for (String inputs : List.of("p b", "b p")) {
            OnnxArchive archive = open(Proto.model(
                    graph(new long[] {1, 3}, Proto.node("MatMul", "x s", "p"), Proto.node("Add", inputs, "y"))));

            assertThat(archive.metadata()).containsEntry("architecture", "linear(3,3)");
            assertThat(archive.read(List.of("b")).get("b").toFloats()).containsExactly(7, 8, 9);
        }
    }

    @Test
    void constantsMayHoldWeightsAndSoftmaxIsLeftOut() throws IOException {
        Proto constant = Proto.node(
                "Constant",
                "",
                "c",
                new Proto().text(1, "value").message(5, Proto.floats("", new long[] {1, 2}, 10, 20)));
        OnnxArchive archive = open(Proto.model(vectors(constant, gemm("x c", "z"), Proto.node("Softmax", "z", "y"))));

        assertThat(archive.metadata()).containsEntry("architecture", "linear(2,1,nobias)");
        assertThat(archive.read(List.of("c")).get("c").toFloats()).containsExactly(10, 20);
        assertThat(archive.remarks()).containsExactly("The softmax at its end is left out: losses take logits.");
    }

    @Test
    void equalTensorsMayBeIdentitiesOfOne() throws IOException {
        OnnxArchive archive = open(Proto.model(graph(
                new long[] {1, 3},
                Proto.node("Identity", "s", "s2"),
                gemm("x s", "z"),
                Proto.node("Relu", "z", "r"),
                gemm("r s2", "y"))));

        assertThat(archive.metadata()).containsEntry("names", "{\"0.weight\":\"s\",\"2.weight\":\"s2\"}");
        assertThat(archive.read(List.of("s2")).get("s2"))
                .isEqualTo(archive.read(List.of("s")).get("s"));
    }

    @Test
    void readsTypedFieldsExternalFilesAndBfloats() throws IOException {
        byte[] packed = Archive.floats(1.5f, 2.5f);
        Files.write(folder.resolve("weights.bin"), new byte[] {9, 9, 9, 9, 0, 0, (byte) 0x80, 0x3f});
        Proto external = Proto.header("e", 1, 1)
                .message(13, new Proto().text(1, "location").text(2, "weights.bin"))
                .message(13, new Proto().text(1, "offset").text(2, "4"))
                .message(13, new Proto().text(1, "length").text(2, "4"))
                .number(14, 1);
        Proto graph = vectors(gemm("x w b", "y"))
                .message(5, Proto.header("f", 1, 2).bytes(4, packed).text(8, "typed"))
                .message(5, external)
                .message(5, Proto.header("h", 16, 1).bytes(9, new byte[] {(byte) 0x80, 0x3f}));

        OnnxArchive archive = open(Proto.model(graph));

        assertThat(archive.read(List.of("typed")).get("typed").toFloats()).containsExactly(1.5f, 2.5f);
        assertThat(archive.read(List.of("e")).get("e").toFloats()).containsExactly(1);
        assertThat(archive.read(List.of("h")).get("h").toFloats()).containsExactly(1);
        assertThat(archive.entry("h").dtype()).isEqualTo(Dtype.BF16);
    }

    static Stream<Arguments> notPlain() {
        return Stream.of(
                Arguments.of(
                        vectors(gemm("x w b", "z"), Proto.node("Tanh", "z", "y")), "operation \"Tanh\" is not known"),
                Arguments.of(vectors(gemm("x w b", "z"), Proto.node("Add", "z x", "y")), "goes to 2 operations"),
                Arguments.of(
                        vectors(gemm("x w b", "z"), Proto.node("Add", "z b", "y")),
                        "an Add is no bias of the layer before it"),
                Arguments.of(
                        vectors(gemm("x w b", "y"), Proto.node("Relu", "y", "unused")), "operations beside the chain"),
                Arguments.of(vectors(), "goes to 0 operations"),
                Arguments.of(vectors(gemm("x w b", "y", Proto.real("alpha", 2))), "a Gemm is scaled or transposed"),
                Arguments.of(vectors(Proto.node("Gemm", "w x", "y")), "Gemm multiplies from the other side"),
                Arguments.of(vectors(gemm("x b", "y")), "does not take a stored tensor of rank 2 as input 1"),
                Arguments.of(
                        graph(new long[] {1, 3}, gemm("x s", "z"), gemm("z s", "y")), "tensor \"s\" is used twice"),
                Arguments.of(
                        vectors(gemm("x w b", "z"), Proto.node("Softmax", "z", "p"), Proto.node("Relu", "p", "y")),
                        "operations follow its Softmax"),
                Arguments.of(
                        vectors(gemm("x w b", "y")).message(11, Proto.value("x2", 1, 2)),
                        "it has 2 inputs and 1 outputs"),
                Arguments.of(
                        images(Proto.node("Conv", "x f", "y", Proto.integers("group", 2))),
                        "a Conv is grouped or not square"),
                Arguments.of(
                        images(Proto.node("Conv", "x f", "y", Proto.integers("strides", 1, 2))),
                        "its strides or pads differ by direction"),
                Arguments.of(
                        images(Proto.node("Conv", "x f", "y", Proto.integers("dilations", 2, 2))), "Conv is dilated"),
                Arguments.of(
                        images(Proto.node("MaxPool", "x", "y", Proto.integers("kernel_shape", 2, 3))), "is not square"),
                Arguments.of(
                        images(Proto.node(
                                "AveragePool",
                                "x",
                                "y",
                                Proto.integers("kernel_shape", 2, 2),
                                Proto.integers("pads", 1, 1, 1, 1))),
                        "counts its borders in a way that is not known"),
                Arguments.of(
                        images(Proto.node("BatchNormalization", "x b b b b", "y", Proto.real("epsilon", 0.001f))),
                        "has epsilon 0.001"),
                Arguments.of(
                        images(Proto.node("Flatten", "x", "y", Proto.integers("axis", 2))),
                        "does not make one vector of each example"),
                Arguments.of(
                        graph(new long[] {1, 2, -1, -1}, Proto.node("Conv", "x f", "y")),
                        "its input does not say the images' size"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("notPlain")
    void saysWhyAGraphIsNoPlainChain(Proto graph, String part) throws IOException {
        OnnxArchive archive = open(Proto.model(graph));

        assertThat(archive.obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle)
                        .startsWith("its graph is no plain chain of known layers: ")
                        .contains(part)
                        .endsWith("."));
        assertThat(archive.metadata()).isEmpty();
        assertThat(archive.entries()).containsKeys("w", "b");
    }

    static Stream<Arguments> wrong() {
        Proto external = Proto.header("e", 1, 1).number(14, 1);
        return Stream.of(
                Arguments.of(new byte[] {8, 7}, "it has no graph"),
                Arguments.of(new byte[] {8}, "is longer than what is left; the file is cut off at byte 1"),
                Arguments.of(new byte[] {0x3a, 100, 1}, "field 7 is longer than what is left"),
                Arguments.of(
                        new byte[] {0x3a, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
                        "a number has more than ten bytes"),
                Arguments.of(new byte[] {0}, "a field has no number"),
                Arguments.of(new byte[] {0x38, 7}, "field 7 has wire type 0 but should have 2"),
                Arguments.of(new byte[] {0x0b}, "field 1 has wire type 3, which is not known"),
                Arguments.of(
                        Proto.model(new Proto().message(1, new Proto().bytes(4, new byte[] {(byte) 0xff}))),
                        "a string is not UTF-8"),
                Arguments.of(
                        Proto.model(new Proto().message(5, Proto.floats("t", new long[] {2}, 1))),
                        "tensor \"t\" of shape [2] and type F32 does not fill its 4 bytes."),
                Arguments.of(
                        Proto.model(new Proto().message(5, Proto.header("t", 8, 1))),
                        "tensor \"t\" has the element type 8, which is not known."),
                Arguments.of(Proto.model(new Proto().message(5, Proto.header("t", 1, -1))), "with a negative extent"),
                Arguments.of(
                        Proto.model(new Proto().message(5, Proto.header("t", 1, 1L << 40, 1L << 40))),
                        "overflows 64 bits"),
                Arguments.of(
                        Proto.model(
                                new Proto().message(5, Proto.header("t", 6, 1).number(5, 3))),
                        "keeps its elements as a list of integers"),
                Arguments.of(
                        Proto.model(new Proto()
                                .message(5, Proto.floats("t", new long[] {1}, 1))
                                .message(5, Proto.floats("t", new long[] {1}, 1))),
                        "holds tensor \"t\" twice."),
                Arguments.of(Proto.model(new Proto().message(5, external)), "but it is not said where."),
                Arguments.of(
                        Proto.model(new Proto()
                                .message(
                                        5,
                                        Proto.header("e", 1, 1)
                                                .number(14, 1)
                                                .message(
                                                        13,
                                                        new Proto()
                                                                .text(1, "location")
                                                                .text(2, "../secret")))),
                        "names the file \"../secret\", which leaves its folder; it was not opened."),
                Arguments.of(
                        Proto.model(new Proto()
                                .message(
                                        5,
                                        Proto.header("e", 1, 1)
                                                .number(14, 1)
                                                .message(
                                                        13,
                                                        new Proto()
                                                                .text(1, "location")
                                                                .text(2, "none")))),
                        "should lie in \"none\", which is missing or too short."));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void refusesEveryWayToBeWrong(byte[] model, String part) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> open(model))
                .withMessageContaining(part);
    }

    /** Shared with no other test: floats as they lie in a file. */
    private static final class Archive {
        static byte[] floats(float... values) {
            java.nio.ByteBuffer bytes =
                    java.nio.ByteBuffer.allocate(4 * values.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            return bytes.array();
        }
    }
}
