package org.thalweg.checkpoint.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.checkpoint.format.Dtype;
import org.thalweg.checkpoint.format.FormatException;

class PyTorchArchiveTest {
    private static final long[] PAIR = {2};
    private static final long[] ONE = {1};

    @TempDir
    Path folder = Path.of("unset");

    private static Pickle state(String name, Pickle value) {
        return Pickle.begun().ops("}").text(name).raw(value.toBytes()).ops("s");
    }

    private static Pickle pair() {
        return new Pickle().tensor("0", 2, 0, PAIR, ONE);
    }

    /** Returns an archive with the pickle and a storage of two floats, 1 and 2. */
    private static Archive withPair(Pickle pickle) {
        return Archive.of(pickle).with("any name/data/0", Archive.floats(1, 2));
    }

    private void assertRefused(Path file, String part) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> {
                    PyTorchArchive archive = PyTorchArchive.open(file);
                    archive.read(archive.entries().keySet());
                })
                .withMessageContaining(part)
                .withMessageEndingWith(".");
    }

    @Test
    void cutsViewsByOffsetAndStridesInElements() throws IOException {
        Path file = Archive.ofTensor(1, new long[] {2, 3}, new long[] {1, 2}, 0, 1, 2, 3, 4, 5, 6)
                .write(folder);

        assertThat(PyTorchArchive.open(file).read(List.of("w")).get("w").toFloats())
                .containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void repeatsElementsWhereTheStrideIsZero() throws IOException {
        Path file = Archive.ofTensor(1, new long[] {3, 2}, new long[] {0, 1}, 7, 8, 9)
                .write(folder);

        assertThat(PyTorchArchive.open(file).read(List.of("w")).get("w").toFloats())
                .containsExactly(8, 9, 8, 9, 8, 9);
    }

    @Test
    void readsBigEndianStorages() throws IOException {
        Archive archive = Archive.of(state("w", pair())).with("any name/byteorder", "big");
        archive.with(
                "any name/data/0",
                ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array());

        assertThat(PyTorchArchive.open(archive.write(folder))
                        .read(List.of("w"))
                        .get("w")
                        .toFloats())
                .containsExactly(1.5f, -2);
    }

    @Test
    void understandsParametersAndTypedTensors() throws IOException {
        Pickle parameter = new Pickle()
                .global("torch._utils", "_rebuild_parameter")
                .ops("(")
                .raw(pair().toBytes())
                .bytes(0x88)
                .ops(")tR");
        Pickle subclass = new Pickle()
                .global("torch._tensor", "_rebuild_from_type_v2")
                .ops("(")
                .global("torch._utils", "_rebuild_tensor_v2")
                .global("torch.nn.parameter", "Parameter")
                .ops("(")
                .storage("FloatStorage", "0", 2)
                .number(0)
                .numbers(PAIR)
                .numbers(ONE)
                .ops("t}tR");
        Pickle untyped = new Pickle()
                .global("torch._utils", "_rebuild_tensor_v3")
                .ops("(")
                .ops("(")
                .text("storage")
                .global("torch.storage", "UntypedStorage")
                .text("0")
                .text("cpu")
                .number(8)
                .ops("tQ")
                .number(0)
                .numbers(4)
                .numbers(1)
                .bytes(0x89)
                .ops(")")
                .global("torch", "uint16")
                .ops("tR");

        assertThat(first(parameter)).containsExactly(1, 2);
        assertThat(first(subclass)).containsExactly(1, 2);
        assertThat(PyTorchArchive.open(withPair(state("w", untyped)).write(folder))
                        .entry("w")
                        .dtype())
                .isEqualTo(Dtype.U16);
        assertThat(first(untyped)).containsExactly(0, 0x3f80, 0, 0x4000);
    }

    private double[] first(Pickle tensor) throws IOException {
        return PyTorchArchive.open(withPair(state("w", tensor)).write(folder))
                .read(List.of("w"))
                .get("w")
                .toDoubles();
    }

    static Stream<Arguments> wrongWeights() {
        return Stream.of(
                Arguments.of(Pickle.begun().ops("]"), "holds no dictionary of weights; in Python"),
                Arguments.of(Pickle.begun().ops("}"), "holds no dictionary of weights"),
                Arguments.of(Pickle.begun().raw(pair().toBytes()), "holds a single tensor"),
                Arguments.of(
                        state("model", new Pickle().global("my.net", "Net").ops(")R")),
                        "holds a whole module, an object of class my.net.Net"),
                Arguments.of(
                        state("w", pair()).text("v").global("my.net", "Odd").ops(")Rs"),
                        "among its weights, \"v\" is an object of class my.net.Odd; only tensors can be read."),
                Arguments.of(state("w", pair()).text("v").ops("]s"), "among its weights, \"v\" is no tensor"),
                Arguments.of(state("w", pair()).ops("NNs"), "one has a name that is not text"),
                Arguments.of(
                        state("a", state("w", pair()))
                                .text("b")
                                .raw(state("w", pair()).toBytes())
                                .ops("s"),
                        "holds several sets of weights, \"a\", \"b\"; save the one that you mean alone"),
                Arguments.of(
                        state(
                                "w",
                                new Pickle()
                                        .global("torch._utils", "_rebuild_sparse_tensor")
                                        .ops(")R")),
                        "tensor \"w\" would be rebuilt by torch._utils._rebuild_sparse_tensor, which is not read"),
                Arguments.of(
                        state(
                                "w",
                                new Pickle()
                                        .global("torch._utils", "_rebuild_tensor_v2")
                                        .ops(")R")),
                        "tensor \"w\" lacks arguments"),
                Arguments.of(
                        state("w", new Pickle().tensor("0", 2, 1, PAIR, ONE)),
                        "tensor \"w\" of shape [2] at offset 1 with strides [1] leaves storage \"0\" of 2 elements."),
                Arguments.of(
                        state("w", new Pickle().tensor("0", 2, 0, new long[] {2, 2}, ONE)),
                        "has the shape [2, 2] but 1 strides"),
                Arguments.of(
                        state("w", new Pickle().tensor("0", 2, 0, new long[] {-2}, ONE)),
                        "shape of tensor \"w\" is out of range: -2"),
                Arguments.of(
                        state("w", new Pickle().tensor("0", 2, 0, new long[] {1L << 40, 1L << 40}, new long[] {0, 0})),
                        "overflows 64 bits"),
                Arguments.of(
                        state("w", new Pickle().tensor("0", 2, 0, new long[] {1L << 33}, new long[] {0})),
                        "at most 2^31-17 elements are read"),
                Arguments.of(
                        state("w", new Pickle().tensor("0", 2, 0, new long[] {1 << 28}, new long[] {0})),
                        "would unfold to 1073741824 bytes"),
                Arguments.of(
                        state("w", new Pickle().tensor("0", 2, 0, new long[65], new long[65])), "has 65 dimensions"),
                Arguments.of(
                        state("w", new Pickle().tensor("1", 2, 0, PAIR, ONE)), "lacks its member \"any name/data/1\""),
                Arguments.of(
                        state("w", new Pickle().tensor("0", 3, 0, PAIR, ONE)),
                        "has 8 bytes for storage \"0\", whose 3 elements of type F32 take 12."),
                Arguments.of(state("w", new Pickle().tensor("0", 1L << 56, 0, PAIR, ONE)), "elements; at most 2^31-17"),
                Arguments.of(
                        state("w", new Pickle().tensor("0", Long.MAX_VALUE, 0, PAIR, ONE)),
                        "a storage's size is out of range: 9223"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongWeights")
    void refusesWrongWeights(Pickle pickle, String part) throws IOException {
        assertRefused(withPair(pickle).write(folder), part);
    }

    @Test
    void refusesStorageTypesAndTensorsThatItDoesNotKnow() throws IOException {
        Pickle quantised = new Pickle()
                .global("torch._utils", "_rebuild_tensor_v2")
                .ops("(")
                .storage("QInt8Storage", "0", 2)
                .number(0)
                .numbers(PAIR)
                .numbers(ONE)
                .ops("tR");
        Pickle negated = new Pickle()
                .global("torch._utils", "_rebuild_tensor_v2")
                .ops("(")
                .storage("FloatStorage", "0", 2)
                .number(0)
                .numbers(PAIR)
                .numbers(ONE)
                .ops("N")
                .ops("N}")
                .text("neg")
                .bytes(0x88)
                .ops("stR");
        Pickle nothing = new Pickle()
                .global("torch._utils", "_rebuild_tensor_v2")
                .ops("((tQ")
                .number(0)
                .numbers(PAIR)
                .numbers(ONE)
                .ops("tR");

        assertRefused(
                withPair(state("w", quantised)).write(folder), "is of type torch.QInt8Storage, which is not read");
        assertRefused(withPair(state("w", negated)).write(folder), "conjugated or negated view");
        assertRefused(withPair(state("w", nothing)).write(folder), "outside of it that is no storage");
    }

    @Test
    void skipsPlainValuesAmongWeightsAndUnknownObjectsBesideThem() throws IOException {
        Pickle checkpoint = Pickle.begun()
                .ops("}")
                .text("state_dict")
                .raw(state("w", pair()).text("version").number(3).ops("s").toBytes())
                .ops("s")
                .text("args")
                .global("argparse", "Namespace")
                .ops(")R}bs")
                .text("best")
                .global("numpy.core.multiarray", "scalar")
                .ops(")Rs");

        PyTorchArchive archive = PyTorchArchive.open(withPair(checkpoint).write(folder));

        assertThat(archive.entries().keySet()).containsExactly("w");
        assertThat(archive.remarks())
                .containsExactly(
                        "The weights are those under \"state_dict\"; left out: \"args\", \"best\"; not rebuilt: objects of "
                                + "argparse.Namespace, numpy.core.multiarray.scalar.",
                        "Not tensors, and left out: \"version\".");
    }

    @Test
    void refusesMoreTensorsThanItsBoundQuickly() throws IOException {
        Pickle tensors =
                Pickle.begun().ops("}").text("w").tensor("0", 2, 0, PAIR, ONE).ops("q\u0007s(");
        for (int i = 0; i < org.thalweg.checkpoint.format.TensorArchive.MOST_TENSORS; i++) {
            tensors.ops("U")
                    .bytes(8)
                    .ops(String.format(java.util.Locale.ROOT, "%08d", i))
                    .ops("h\u0007");
        }

        assertRefused(withPair(tensors.ops("u")).write(folder), "has 100001 tensors; at most 100000 are read.");
    }

    @Test
    void refusesFilesThatAreNotOfTorchSave() throws IOException {
        Path torchScript =
                withPair(state("w", pair())).with("any name/constants.pkl", "").write(folder);
        Path otherZip = new Archive().with("hello.txt", "hello").write(folder);
        Path two = withPair(state("w", pair())).with("other/data.pkl", "").write(folder);
        Path pickle = Files.write(folder.resolve("p"), Pickle.begun().ops("}.").toBytes());
        Path text = Files.writeString(folder.resolve("t"), "hello");

        assertRefused(torchScript, "is a TorchScript program");
        assertRefused(otherZip, "is a zip with 0 members data.pkl");
        assertRefused(two, "is a zip with 2 members data.pkl");
        assertRefused(pickle, "is a pickle, but none that torch.save wrote.");
        assertRefused(text, "its pickle");
    }

    @Test
    void refusesCompressedMembersWithoutUnfoldingThem() throws IOException {
        Path bomb = Archive.of(state("w", new Pickle().tensor("0", 1 << 24, 0, new long[] {1 << 24}, ONE)))
                .with("any name/data/0", new byte[1 << 26])
                .writeCompressed(folder);

        assertRefused(bomb, "has the compressed member");
    }

    @Test
    void refusesAWrongByteOrderAndDamagedBytes() throws IOException {
        Path order = withPair(state("w", pair()))
                .with("any name/byteorder", "middle")
                .write(folder);
        byte[] whole = Files.readAllBytes(withPair(state("w", pair())).write(folder));
        int data = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\u0000\u0000\u0080?");
        whole[data] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged"), whole);
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 30));

        assertRefused(order, "has the byte order \"middle\"");
        assertRefused(damaged, "whose bytes do not match their check sum");
        assertRefused(cut, "is no proper zip");
    }

    private static byte[] legacy(long version, Pickle facts, Pickle root, Pickle keys, byte[] storages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Pickle.begun()
                .bytes(0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19)
                .ops(".")
                .toBytes());
        out.writeBytes(Pickle.begun().number(version).ops(".").toBytes());
        out.writeBytes(facts.ops(".").toBytes());
        out.writeBytes(root.ops(".").toBytes());
        out.writeBytes(keys.ops(".").toBytes());
        out.writeBytes(storages);
        return out.toByteArray();
    }

    private static Pickle little() {
        return Pickle.begun().ops("}").text("little_endian").bytes(0x88).ops("s");
    }

    private static Pickle key() {
        return Pickle.begun().ops("]").text("0").ops("a");
    }

    private static byte[] counted(long count, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(count);
        return bytes.put(Archive.floats(values)).array();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(Files.createTempFile(folder, "legacy", ".pt"), bytes);
    }

    @Test
    void readsTheLegacyLayoutInBothByteOrdersAndPartsOfStorages() throws IOException {
        Path little = write(legacy(1001, little(), state("w", pair()), key(), counted(2, 3, 4)));
        Pickle bigFacts =
                Pickle.begun().ops("}").text("little_endian").bytes(0x89).ops("s");
        byte[] bigData =
                ByteBuffer.allocate(16).putLong(2).putFloat(3).putFloat(4).array();
        Path big = write(legacy(1001, bigFacts, state("w", pair()), key(), bigData));
        Pickle part = new Pickle()
                .global("torch._utils", "_rebuild_tensor")
                .ops("((")
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .number(2)
                .ops("(")
                .text("0_1")
                .number(1)
                .number(1)
                .ops("ttQ")
                .number(0)
                .numbers(1)
                .numbers(1)
                .ops("tR");
        Path shared = write(legacy(1001, little(), state("w", part), key(), counted(2, 3, 4)));

        assertThat(PyTorchArchive.open(little).read(List.of("w")).get("w").toFloats())
                .containsExactly(3, 4);
        assertThat(PyTorchArchive.open(big).read(List.of("w")).get("w").toFloats())
                .containsExactly(3, 4);
        assertThat(PyTorchArchive.open(shared).read(List.of("w")).get("w").toFloats())
                .containsExactly(4);
    }

    @Test
    void refusesWrongLegacyFiles() throws IOException {
        Pickle twice = state("w", pair()).text("v").tensor("0", 1, 0, ONE, ONE).ops("s");
        Pickle otherKey = Pickle.begun().ops("]").text("9").ops("a");

        assertRefused(
                write(legacy(1000, little(), state("w", pair()), key(), counted(2, 3, 4))),
                "is of a version of PyTorch's old layout that is not read");
        assertRefused(
                write(legacy(1001, little(), state("w", pair()), Pickle.begun().ops("N"), counted(2, 3, 4))),
                "lacks the list of its storages");
        assertRefused(
                write(legacy(1001, little(), state("w", pair()), otherKey, counted(2, 3, 4))),
                "has a storage that nothing in it refers to");
        assertRefused(
                write(legacy(1001, little(), state("w", pair()), key(), counted(2, 3))),
                "ends before storage \"0\" does");
        assertRefused(
                write(legacy(1001, little(), state("w", pair()), key(), counted(3, 3, 4))),
                "has another number of elements for storage \"0\" than the 2");
        assertRefused(
                write(legacy(1001, little(), twice, key(), counted(2, 3, 4))),
                "gives storage \"0\" two sizes or types");
        assertRefused(
                write(legacy(1001, little(), state("w", pair()), Pickle.begun().ops("]"), new byte[0])),
                "lacks storage \"0\"");
    }

    @Test
    void readingATensorThatIsNotThereIsACallersMistake() throws IOException {
        PyTorchArchive archive =
                PyTorchArchive.open(withPair(state("w", pair())).write(folder));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> archive.read(List.of("v")))
                .withMessageContaining("\"v\"");
    }
}
