package org.thalweg.checkpoint.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.pytorch.Pickled.Call;
import org.thalweg.checkpoint.pytorch.Pickled.Constant;
import org.thalweg.checkpoint.pytorch.Pickled.Dict;
import org.thalweg.checkpoint.pytorch.Pickled.Global;
import org.thalweg.checkpoint.pytorch.Pickled.Int;
import org.thalweg.checkpoint.pytorch.Pickled.Real;
import org.thalweg.checkpoint.pytorch.Pickled.Sequence;
import org.thalweg.checkpoint.pytorch.Pickled.Text;
import org.thalweg.checkpoint.pytorch.Pickled.Tuple;

class UnpicklerTest {
    private static Pickle begun() {
        return Pickle.begun();
    }

    private static Int integer(long value) {
        return new Int(BigInteger.valueOf(value));
    }

    static Stream<Arguments> scalars() {
        return Stream.of(
                Arguments.of(begun().ops("N"), Constant.NONE),
                Arguments.of(begun().bytes(0x88), Constant.TRUE),
                Arguments.of(begun().bytes(0x89), Constant.FALSE),
                Arguments.of(begun().bytes('K', 255), integer(255)),
                Arguments.of(begun().bytes('M', 0xe9, 3), integer(1001)),
                Arguments.of(begun().ops("J").int4(-2), integer(-2)),
                Arguments.of(begun().bytes(0x8a, 0), integer(0)),
                Arguments.of(begun().number(-129), integer(-129)),
                Arguments.of(begun().number(Long.MAX_VALUE), integer(Long.MAX_VALUE)),
                Arguments.of(begun().bytes('G', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0), new Real(1.5)),
                Arguments.of(begun().text("gruß"), new Text("gruß")),
                Arguments.of(begun().bytes('U', 2, 'o', 'k'), new Text("ok")),
                Arguments.of(begun().global("a.b", "c"), new Global("a.b", "c")),
                Arguments.of(begun().global("__builtin__", "set"), new Global("builtins", "set")));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void readsScalars(Pickle pickle, Pickled expected) throws IOException {
        assertThat(pickle.read()).isEqualTo(expected);
    }

    @Test
    void readsContainersInTheirOrder() throws IOException {
        Pickled tuple = begun().ops("(")
                .numbers(1, 2)
                .ops("](K\u0003K\u0004e")
                .ops("}(")
                .text("b")
                .ops("N")
                .text("a")
                .bytes(0x88)
                .ops("ut")
                .read();

        List<Pickled> parts = ((Tuple) tuple).items();
        assertThat(((Tuple) parts.get(0)).items()).containsExactly(integer(1), integer(2));
        assertThat(((Sequence) parts.get(1)).items()).containsExactly(integer(3), integer(4));
        assertThat(((Dict) parts.get(2)).items())
                .containsExactly(
                        java.util.Map.entry(new Text("b"), Constant.NONE),
                        java.util.Map.entry(new Text("a"), Constant.TRUE));
    }

    @Test
    void remembersValuesByShortAndLongIndices() throws IOException {
        Pickled pair = begun().text("x")
                .ops("q\u0005")
                .ops("r")
                .int4(70_000)
                .ops("0h\u0005j".substring(1))
                .int4(70_000)
                .bytes(0x87)
                .read();

        assertThat(((Tuple) pair).items()).containsExactly(new Text("x"), new Text("x"), new Text("x"));
    }

    @Test
    void readsOrderedDictsOfPythonTwoAndThree() throws IOException {
        Pickled three = begun().global("collections", "OrderedDict")
                .ops(")R")
                .text("k")
                .ops("Ns")
                .read();
        Pickled two = begun().global("collections", "OrderedDict")
                .ops("(](")
                .text("k")
                .ops("N")
                .bytes(0x86)
                .ops("etR")
                .read();

        assertThat(((Dict) three).at("k")).isEqualTo(Constant.NONE);
        assertThat(((Dict) three).items()).hasSize(1);
        assertThat(((Dict) two).items()).isEqualTo(((Dict) three).items());
    }

    @Test
    void callsNothingButNotesTheCall() throws IOException {
        Pickled call = begun().global("numpy.core.multiarray", "scalar")
                .numbers(7)
                .ops("R")
                .read();
        Pickled made = begun().global("some.where", "Thing")
                .ops(")")
                .bytes(0x81)
                .ops("}b")
                .read();

        assertThat(((Call) call).function()).hasToString("numpy.core.multiarray.scalar");
        assertThat(((Call) call).arguments()).containsExactly(integer(7));
        assertThat(((Call) made).function()).hasToString("some.where.Thing");
    }

    @Test
    void bytesThatAreNotTextAreNotKept() throws IOException {
        assertThat(begun().bytes('U', 2, 0xff, 0xfe).read()).isInstanceOf(Pickled.Bytes.class);
    }

    @Test
    void selfContainingListIsWalkedOnce() throws IOException {
        Pickled list = begun().ops("]q\u0001h\u0001a").read();

        assertThat(list.all()).containsExactly(list);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(begun().bytes(0x94), "uses instruction 0x94"),
                Arguments.of(begun().ops("i"), "uses instruction 0x69"),
                Arguments.of(new Pickle().bytes(0x80, 4), "is of protocol 4, but 2 is what torch.save writes"),
                Arguments.of(begun(), "takes a value that is not there"),
                Arguments.of(begun().ops("NN"), "leaves something unfinished"),
                Arguments.of(begun().ops("(N"), "leaves something unfinished"),
                Arguments.of(begun().ops("t"), "up to a mark that is not there"),
                Arguments.of(begun().ops("N(").bytes(0x85), "takes a value that is not there"),
                Arguments.of(begun().ops("NNa"), "appends to something that is no list"),
                Arguments.of(begun().ops("N(NNu"), "sets items of something that is no dictionary"),
                Arguments.of(begun().ops("}(Nu"), "sets items of something that is no dictionary"),
                Arguments.of(begun().ops("}").text("w").ops("Ns").text("w").ops("Ns"), "sets a key twice: \"w\""),
                Arguments.of(begun().ops("h\u0003"), "recalls value 3, which it did not store"),
                Arguments.of(begun().ops("N)R"), "calls something that is no class or function"),
                Arguments.of(begun().global("a", "b").ops("NR"), "calls with something that is no tuple"),
                Arguments.of(begun().ops("]Nb"), "sets attributes of something that has none"),
                Arguments.of(begun().ops("NQ"), "refers to something outside of it by something that is no tuple"),
                Arguments.of(begun().ops("X").int4(1).bytes(0xff), "holds a string that is not UTF-8"),
                Arguments.of(begun().ops("X").int4(3).bytes(0xed, 0xa0, 0x80), "holds a string that is not UTF-8"),
                Arguments.of(begun().ops("X").int4(2_000_000), "a string of 2000000 bytes; at most 1048576 are read"),
                Arguments.of(begun().ops("X").int4(-1), "a string of 4294967295 bytes"),
                Arguments.of(begun().ops("cos\u0007\nx\n"), "names something that is no module or class"),
                Arguments.of(begun().global("posix", "system"), "would make Python call posix.system"),
                Arguments.of(begun().global("os.path", "join"), "would make Python call os.path.join"),
                Arguments.of(begun().global("__builtin__", "eval"), "would make Python call builtins.eval"),
                Arguments.of(
                        begun().global("collections", "OrderedDict").ops("(NtR"),
                        "makes an OrderedDict of something that is no list of pairs"),
                Arguments.of(
                        begun().global("collections", "OrderedDict").ops("(](NetR"),
                        "makes an OrderedDict of something that is no list of pairs"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrong")
    void refusesWhatIsWrong(Pickle pickle, String part) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(pickle::read)
                .withMessageContaining(part)
                .withMessageMatching("its pickle .* \\(byte \\d+\\)\\.");
    }

    @Test
    void refusesAPickleThatIsCutOffAnywhere() {
        byte[] whole = begun().tensor("0", 6, 0, new long[] {2, 3}, new long[] {3, 1})
                .ops(".")
                .toBytes();

        for (int length = 0; length < whole.length; length++) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            assertThatExceptionOfType(FormatException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> Unpickler.read(new PickleInput(new java.io.ByteArrayInputStream(part))))
                    .withMessageContaining("ends in the middle");
        }
    }

    @Test
    void refusesMoreValuesThanItsBound() {
        Pickle lists = begun().ops("]".repeat(Unpickler.MOST_VALUES + 1));

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(lists::read)
                .withMessageContaining("describes more than 2000000 values");
    }

    @Test
    void nestsAsDeepAsItsBoundWithoutRecursion() throws IOException {
        int depth = 100_000; // a recursive reader overflows its stack near 10,000
        Pickle nested = begun().ops("]".repeat(depth)).ops("a".repeat(depth - 1));

        assertThat(nested.read().all()).hasSize(depth);
    }

    @Test
    void refusesMoreBytesThanItsBound() {
        java.io.InputStream endless = new java.io.InputStream() {
            @Override
            public int read() {
                return 'N';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                java.util.Arrays.fill(bytes, from, from + length, (byte) 'N');
                return length;
            }
        };
        PickleInput in = new PickleInput(endless);

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> {
                    while (true) {
                        in.text(PickleInput.LONGEST_TEXT);
                    }
                })
                .withMessageContaining("is longer than the 67108864 bytes that are read");
    }
}
