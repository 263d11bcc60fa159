package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
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
}
