package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnistTest {
    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";

    @TempDir
    Path folder;

    @BeforeEach
    void writeThreeTrainingAndTwoTestExamples() throws IOException {
        write(IMAGES, images(3, 28, 28, 3 * 784));
        write(LABELS, labels(3, 7, 0, 9));
        write("t10k-images-idx3-ubyte", images(2, 28, 28, 2 * 784));
        write("t10k-labels-idx1-ubyte", labels(2, 1, 2));
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    /** An image file whose header and body are chosen apart; pixel i is i mod 251. */
    private static byte[] images(int count, int height, int width, int bytes) {
        ByteBuffer file = ByteBuffer.allocate(16 + bytes);
        file.putInt(0x0803).putInt(count).putInt(height).putInt(width);
        for (int i = 0; i < bytes; i++) {
            file.put((byte) (i % 251));
        }
        return file.array();
    }

    private static byte[] labels(int count, int... labels) {
        ByteBuffer file = ByteBuffer.allocate(8 + labels.length).putInt(0x0801).putInt(count);
        for (int label : labels) {
            file.put((byte) label);
        }
        return file.array();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static DataOptions in(Path folder) {
        return new DataOptions(Optional.of(folder), OptionalInt.empty(), OptionalInt.empty());
    }

    private Dataset open() throws IOException {
        return Datasets.open("mnist", in(folder));
    }

    private void assertRejected(String file, String expected, String actual) {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(this::open)
                .withMessageContaining(file)
                .withMessageContaining(expected)
                .withMessageContaining(actual)
                .withMessageEndingWith(".");
    }

    @Test
    void readsPixelsOver255AndLabels() throws IOException {
        Dataset mnist = open();
        float[] inputs = new float[784];
        mnist.train().copyInputs(1, 2, inputs);
        assertThat(inputs[5]).isEqualTo((784 + 5) % 251 * (float) (1 / 255.0));
        assertThat(mnist.train().label(2)).isEqualTo(9);
        assertThat(mnist.test().count()).isEqualTo(2);
        assertThat(mnist.shape()).isEqualTo(new ImageShape(1, 28, 28));
        assertThat(mnist.outputs()).isEqualTo(10);
    }

    @Test
    void gzipAndDottedNamesGiveTheSameData() throws IOException {
        String hash = open().hash();
        for (String name : new String[] {IMAGES, "t10k-labels-idx1-ubyte"}) {
            write(name + ".gz", gzip(Files.readAllBytes(folder.resolve(name))));
            Files.delete(folder.resolve(name));
        }
        Files.move(folder.resolve(LABELS), folder.resolve("train-labels.idx1-ubyte"));
        assertThat(open().hash()).isEqualTo(hash);
    }

    @Test
    void folderMayBeTheParent() throws IOException {
        String hash = open().hash();
        Path parent = folder.resolve("parent");
        Files.createDirectories(parent);
        Path inside = Files.createDirectory(parent.resolve("mnist"));
        for (String name : new String[] {IMAGES, LABELS, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
            Files.copy(folder.resolve(name), inside.resolve(name));
        }
        assertThat(Datasets.open("mnist", in(parent)).hash()).isEqualTo(hash);
    }

    @Test
    void folderWithTheFilesWinsOverASubfolderOfTheUsualName() throws IOException {
        Files.createDirectory(folder.resolve("mnist"));
        assertThat(open().train().count()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0} of 3 images' bytes")
    @ValueSource(ints = {0, 1, 784, 3 * 784 - 1})
    void rejectsTruncatedImages(int bytes) throws IOException {
        write(IMAGES, images(3, 28, 28, bytes));
        assertRejected(IMAGES, "" + (16 + 3 * 784), "" + (16 + bytes));
    }

    @ParameterizedTest(name = "{0} bytes of header")
    @ValueSource(ints = {0, 1, 4, 15})
    void rejectsTruncatedHeader(int bytes) throws IOException {
        write(IMAGES, Arrays.copyOf(images(3, 28, 28, 0), bytes));
        assertRejected(IMAGES, "header", "" + bytes);
    }

    @Test
    void rejectsTrailingBytes() throws IOException {
        write(IMAGES, images(3, 28, 28, 3 * 784 + 1));
        assertRejected(IMAGES, "" + (16 + 3 * 784), "" + (17 + 3 * 784));
    }

    @Test
    void rejectsWrongMagicNumber() throws IOException {
        write(IMAGES, labels(3, 1, 2, 3));
        Files.write(folder.resolve(LABELS), images(3, 28, 28, 3 * 784));
        assertRejected(LABELS, "0x00000801", "0x00000803");
    }

    @Test
    void rejectsOtherImageSizes() throws IOException {
        write(IMAGES, images(3, 32, 32, 3 * 1024));
        assertRejected(IMAGES, "28x28", "32x32");
    }

    @Test
    void rejectsCountsThatDiffer() throws IOException {
        write(LABELS, labels(2, 1, 2));
        assertRejected(LABELS, "3 images", "2 labels");
    }

    @Test
    void rejectsLabelsOutOfRange() throws IOException {
        write(LABELS, labels(3, 1, 2, 200));
        assertRejected(LABELS, "0..9", "200");
    }

    @Test
    void rejectsEmptySets() throws IOException {
        write(LABELS, labels(0));
        write(IMAGES, images(0, 28, 28, 0));
        assertThatExceptionOfType(DataException.class).isThrownBy(this::open);
    }

    @ParameterizedTest(name = "{0} images announced")
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 5_478_275})
    void rejectsHostileCountsWithoutAllocatingThem(int count) throws IOException {
        write(IMAGES, images(count, 28, 28, 10)); // as int, 5,478,275 * 784 wraps to 304
        assertRejected(IMAGES, "" + (16 + Integer.toUnsignedLong(count) * 784), "26");
    }

    @Test
    void rejectsGzipBomb() throws IOException {
        Files.delete(folder.resolve(LABELS));
        write(LABELS + ".gz", gzip(new byte[50_000_000])); // 50 kB packed; labels may have 60,008 bytes
        assertRejected(LABELS + ".gz", "60008", "longer");
    }

    @ParameterizedTest(name = "cut to {0} bytes")
    @ValueSource(ints = {0, 5, 12, 20})
    void rejectsTruncatedGzip(int bytes) throws IOException {
        Files.delete(folder.resolve(LABELS));
        write(LABELS + ".gz", Arrays.copyOf(gzip(labels(3, 1, 2, 3)), bytes));
        assertRejected(LABELS + ".gz", "gzip", "");
    }

    @Test
    void rejectsGzipWhoseChecksumIsWrong() throws IOException {
        byte[] packed = gzip(labels(3, 1, 2, 3));
        packed[packed.length - 8] ^= 1;
        Files.delete(folder.resolve(LABELS));
        write(LABELS + ".gz", packed);
        assertRejected(LABELS + ".gz", "gzip", "");
    }

    @Test
    void rejectsPlainFileThatIsCalledGzip() throws IOException {
        Files.move(folder.resolve(LABELS), folder.resolve(LABELS + ".gz"));
        assertRejected(LABELS + ".gz", "gzip", "");
    }

    @ParameterizedTest(name = "without {0}")
    @ValueSource(strings = {IMAGES, LABELS, "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"})
    void namesAMissingFile(String name) throws IOException {
        Files.delete(folder.resolve(name));
        assertThatExceptionOfType(MissingDataException.class)
                .isThrownBy(this::open)
                .withMessageContaining(name)
                .withMessageContaining(folder.toString());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damagedHeadersGiveTheDocumentedErrorOrData(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = images(3, 28, 28, 3 * 784);
        for (int trial = 0; trial < 50; trial++) {
            byte[] bad = good.clone();
            bad[random.nextInt(16)] ^= (byte) (1 + random.nextInt(255));
            write(IMAGES, bad);
            assertThatExceptionOfType(DataException.class).isThrownBy(this::open);
        }
    }
}
