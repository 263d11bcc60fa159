package org.thalweg.checkpoint.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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

class NpzArchiveTest {
    private static final int RUNS = Integer.getInteger("thalweg.fuzz", 120);

    @TempDir
    Path folder = Path.of("unset");

    private static Map<String, Tensor> example() {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("b", Tensor.owning(Shape.of(2, 3), new float[] {1, -2, 3.5f, Float.MIN_VALUE, -0f, 6}));
        arrays.put("a", Tensor.owning(Shape.of(2), new double[] {Math.PI, Double.MAX_VALUE}));
        arrays.put("scalar", Tensor.owning(Shape.of(), new double[] {7}));
        arrays.put("empty", Tensor.owning(Shape.of(0, 4), new float[0]));
        return arrays;
    }

    private static byte[] written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpzWriter.write(example(), out);
        return out.toByteArray();
    }

    /** Returns an NPY of version 1 with this text in its header. */
    private static byte[] npy(String header, byte... elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x93);
        out.writeBytes("NUMPY\u0001\u0000".getBytes(StandardCharsets.US_ASCII));
        out.write(header.length() % 256);
        out.write(header.length() / 256);
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(elements);
        return out.toByteArray();
    }

    private static byte[] npy(String descr, boolean fortran, String shape, byte... elements) {
        return npy(
                "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" + shape
                        + "), }\n",
                elements);
    }

    /** Returns an NPZ with the array {@code w}, compressed as by savez_compressed. */
    private Path npz(byte[] npy) throws IOException {
        Path file = folder.resolve("file.npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("w.npy"));
            zip.write(npy);
        }
        return file;
    }

    private static Tensor read(Path file) throws IOException {
        return NpzArchive.open(file).read(List.of("w")).get("w");
    }

    @Test
    void readsWhatWasWrittenToTheBitInItsOrder() throws IOException {
        Path file = Files.write(folder.resolve("f.npz"), written());

        NpzArchive archive = NpzArchive.open(file);

        assertThat(archive.read(archive.entries().keySet())).isEqualTo(Weights.of(example()));
    }

    @Test
    void headersAreThoseOfNumPyAndElementsBeginAtMultiplesOfSixtyFour() throws IOException {
        String text = new String(written(), StandardCharsets.ISO_8859_1);

        assertThat(text)
                .contains(
                        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }  ",
                        "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }  ",
                        "{'descr': '<f8', 'fortran_order': False, 'shape': (), }  ");
        for (int at = text.indexOf("\u0093NUMPY"); at >= 0; at = text.indexOf("\u0093NUMPY", at + 1)) {
            assertThat(at % 64).isZero();
            assertThat((text.indexOf('\n', at + 10) + 1) % 64).isZero(); // 10: the length may look like a line feed
        }
    }

    @Test
    void readsCompressedArraysInFortransOrder() throws IOException {
        Path file = npz(npy("|u1", true, "2, 3", (byte) 1, (byte) 4, (byte) 2, (byte) 5, (byte) 3, (byte) 6));

        assertThat(read(file).toDoubles()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read(file).shape()).hasToString("[2, 3]");
    }

    @Test
    void readsBigEndianArraysAndPythonTwosShapes() throws IOException {
        assertThat(read(npz(npy(">f4", false, "1L,", (byte) 0x3f, (byte) 0x80, (byte) 0, (byte) 0)))
                        .toDoubles())
                .containsExactly(1);
        assertThat(NpzArchive.open(npz(npy("<f2", false, "", (byte) 0, (byte) 0x3c)))
                        .entry("w")
                        .dtype())
                .isEqualTo(Dtype.F16);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '@', quoteCharacter = '"', textBlock = """
            {'descr': '|O', 'fortran_order': False, 'shape': (1,), }            @ elements of type '|O', Python objects, which are not read
            {'descr': '|V2', 'fortran_order': False, 'shape': (1,), }           @ elements of type '|V2' which are not read
            {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }  @ elements of type [('a' which are not read
            {'fortran_order': False, 'shape': (1,), }                           @ elements of type none which are not read
            {'descr': '<f4', 'shape': (1,), }                                   @ has a header that is not understood
            {'descr': '<f4', 'fortran_order': False, }                          @ has a header that is not understood
            {'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }          @ has a header that is not understood
            {'descr': '<f4', 'fortran_order': False, 'shape': (9 9,), }         @ has a shape that is not understood
            {'descr': '<f4', 'fortran_order': False, 'shape': (2,), }           @ of shape [2] and type F32 does not fill its 4 bytes
            {'descr': '<f4', 'fortran_order': False, 'shape': (999999999999, 999999999999), } @ overflows 64 bits
            """)
    void refusesEveryWayToBeWrong(String header, String part) throws IOException {
        Path file = npz(npy(header, new byte[4]));

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining(part)
                .withMessageEndingWith(".");
    }

    @Test
    void refusesWhatIsNoNpyAndHeadersThatAreTooLongOrCutOff() throws IOException {
        Path text = npz("hello, I am text".getBytes(StandardCharsets.US_ASCII));
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> read(text))
                .withMessageContaining("does not begin as NPY");

        Path longHeader = npz(npy(" ".repeat(10_001)));
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> read(longHeader))
                .withMessageContaining("has a header of 10001 bytes; at most 10000 are read");

        byte[] whole = npy("<f4", false, "1,", new byte[4]);
        Path cut = npz(java.util.Arrays.copyOf(whole, 30));
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> read(cut))
                .withMessageContaining("it is cut off");
    }

    @Test
    void refusesABombBeforeUnfoldingIt() throws IOException {
        byte[] bomb = java.util.Arrays.copyOf(npy("|u1", false, "99999990,", new byte[0]), 100_000_000);
        Path file = npz(bomb); // 100 kB

        assertThat(Files.size(file)).isLessThan(1 << 20);
        assertThat(Fuzz.isRefused("bomb", () -> read(file))).isTrue();
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> NpzArchive.open(file))
                .withMessageContaining(
                        "claims 100000000 bytes for its member \"w.npy\", more than such a file can hold");
    }

    @Test
    void readsOrRefusesDamagedFiles() throws IOException {
        byte[] whole = written();
        Path file = folder.resolve("damaged.npz");
        int refused = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Files.write(file, new Mutation(seed).of(whole));
            if (Fuzz.isRefused("seed " + seed, () -> {
                NpzArchive archive = NpzArchive.open(file);
                archive.read(archive.entries().keySet());
            })) {
                refused++;
            }
        }
        assertThat(refused).as("damage is noticed").isGreaterThan(RUNS / 3); // much of such a file is padding
    }

    @Test
    void readsOrRefusesDamagedArraysInSoundZips() throws IOException {
        byte[] whole = npy("<f4", false, "2, 3", new byte[24]);
        for (int seed = 0; seed < RUNS; seed++) {
            Path file = npz(new Mutation(seed).of(whole));
            Fuzz.isRefused(
                    "seed " + seed,
                    () -> assertThat(read(file).shape().elements()).isLessThan(1000));
        }
    }
}
