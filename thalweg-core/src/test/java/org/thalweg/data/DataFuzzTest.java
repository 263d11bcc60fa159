package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.format.Fuzz;
import org.thalweg.checkpoint.format.Mutation;

/** Damages small data files: a fixed number per build; {@code -Dthalweg.fuzz=100000000} goes on for hours. */
class DataFuzzTest {
    private static final int RUNS = Integer.getInteger("thalweg.fuzz", 200);
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    private void assertReadsOrRefuses(String name, byte[] whole, Fuzz.Reading reading) throws IOException {
        int refused = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Files.write(folder.resolve(name), new Mutation(seed).of(whole));
            refused += Fuzz.isRefused(name + ", seed " + seed, reading) ? 1 : 0;
        }
        assertThat(refused).as("damage is noticed").isPositive();
        Files.write(folder.resolve(name), whole);
        assertThat(Fuzz.isRefused(name + ", whole", reading)).isFalse();
    }

    private static byte[] idx(int magic, int[] extents, int items, int below) {
        ByteBuffer file = ByteBuffer.allocate(4 + 4 * extents.length + items).putInt(magic);
        for (int extent : extents) {
            file.putInt(extent);
        }
        SplittableRandom random = new SplittableRandom(1);
        while (file.hasRemaining()) {
            file.put((byte) random.nextInt(below));
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

    @ParameterizedTest
    @ValueSource(strings = {"", ".gz"})
    void readsOrRefusesMnist(String suffix) throws IOException {
        byte[] images = idx(0x0803, new int[] {3, 28, 28}, 3 * 784, 256);
        byte[] labels = idx(0x0801, new int[] {3}, 3, 10);
        for (String split : new String[] {"train", "t10k"}) {
            Files.write(
                    folder.resolve(split + "-images-idx3-ubyte" + suffix), suffix.isEmpty() ? images : gzip(images));
            Files.write(
                    folder.resolve(split + "-labels-idx1-ubyte" + suffix), suffix.isEmpty() ? labels : gzip(labels));
        }

        assertReadsOrRefuses(
                "train-images-idx3-ubyte" + suffix,
                suffix.isEmpty() ? images : gzip(images),
                () -> Mnist.read("mnist", folder));
        assertReadsOrRefuses(
                "t10k-labels-idx1-ubyte" + suffix,
                suffix.isEmpty() ? labels : gzip(labels),
                () -> Mnist.read("mnist", folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"data_batch_3.bin", "test_batch.bin"})
    void readsOrRefusesCifar(String name) throws IOException {
        byte[] batch = new byte[2 * RECORD];
        new java.util.Random(1).nextBytes(batch);
        batch[0] = 3;
        batch[RECORD] = 9;
        for (int i = 1; i <= 5; i++) {
            Files.write(folder.resolve("data_batch_" + i + ".bin"), batch);
        }
        Files.write(folder.resolve("test_batch.bin"), batch);

        assertReadsOrRefuses(name, batch, () -> Cifar.TEN.read(folder, 2, 2));
    }

    private static byte[] npy(String type, String shape, byte[] content) {
        String header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        return ByteBuffer.allocate(10 + header.length() + content.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
    }

    private static byte[] floats(int count) {
        ByteBuffer content = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            content.putFloat(i / 8f);
        }
        return content.array();
    }

    private static final byte[] LABELS = {0, 1, 1, 0, 2, 1};

    private void assertReadsOrRefusesOwn(String name, byte[] whole, String description) throws IOException {
        Files.writeString(folder.resolve("own.yaml"), description);
        String file = folder.resolve("own.yaml").toString();
        assertReadsOrRefuses(name, whole, () -> Datasets.open(file, DataOptions.DEFAULTS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"label,a,b\n0,1.5,2\n1,-3e2,4\n0,.5,\"6\"\n", "1,2,dog\n3,4,cat\n5,6,\"a \"\"dog\"\"\"\n"})
    void readsOrRefusesCsv(String table) throws IOException {
        String label = table.startsWith("label") ? "label: label\n" : "";

        assertReadsOrRefusesOwn(
                "own.csv", table.getBytes(StandardCharsets.UTF_8), "train: own.csv\ntest: own.csv\n" + label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x.npy", "y.npy"})
    void readsOrRefusesArrays(String damaged) throws IOException {
        byte[] inputs = npy("<f4", "(6, 2, 2)", floats(24));
        byte[] labels = npy("|u1", "(6,)", LABELS);
        Files.write(folder.resolve("x.npy"), inputs);
        Files.write(folder.resolve("y.npy"), labels);

        assertReadsOrRefusesOwn(
                damaged,
                damaged.equals("x.npy") ? inputs : labels,
                "train: {inputs: x.npy, labels: y.npy}\ntest: {inputs: x.npy, labels: y.npy}\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipOutputStream.STORED, ZipOutputStream.DEFLATED})
    void readsOrRefusesNpz(int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(method == ZipOutputStream.STORED ? 0 : 9);
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(npy("|u1", "(6, 2, 2)", new byte[24]));
            zip.putNextEntry(new ZipEntry("y.npy"));
            zip.write(npy("<i8", "(6,)", new byte[48]));
        }

        assertReadsOrRefusesOwn("all.npz", bytes.toByteArray(), "train: all.npz\ntest: all.npz\n");
    }

    @Test
    void readsOrRefusesImages() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 1, 0x8040c0);
        ImageIO.write(image, "png", bytes);
        for (String label : new String[] {"bar", "dot"}) {
            Files.createDirectories(folder.resolve("images/" + label));
            Files.write(folder.resolve("images/" + label + "/1.png"), bytes.toByteArray());
        }

        assertReadsOrRefusesOwn("images/dot/1.png", bytes.toByteArray(), "train: images\ntest: images\n");
    }

    @Test
    void readsOrRefusesDescriptions() throws IOException {
        Files.write(folder.resolve("x.npy"), npy("<f4", "(6, 2, 2)", floats(24)));
        Files.write(folder.resolve("y.npy"), npy("|u1", "(6,)", LABELS));
        String description = """
                train: {inputs: x.npy, labels: y.npy}
                test: {inputs: x.npy, labels: y.npy}
                classes: [a, b, c]
                mean: [0.5]
                deviation: [0.25]
                """;

        assertReadsOrRefusesOwn("own.yaml", description.getBytes(StandardCharsets.UTF_8), description);
    }
}
