package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Cifar10Test {
    private static final int PER_FILE = 2;
    private static final int RECORD = 3073;

    @TempDir
    Path folder;

    @BeforeEach
    void writeSixFilesOfTwoRecords() throws IOException {
        for (int i = 1; i <= 5; i++) {
            Files.write(folder.resolve("data_batch_" + i + ".bin"), batch(i, i + 1));
        }
        Files.write(folder.resolve("test_batch.bin"), batch(9, 0));
    }

    /** Records with these labels; red is 10 · label, green 1 more, blue 2 more. */
    private static byte[] batch(int... labels) {
        byte[] file = new byte[labels.length * RECORD];
        for (int r = 0; r < labels.length; r++) {
            file[r * RECORD] = (byte) labels[r];
            for (int c = 0; c < 3; c++) {
                int from = r * RECORD + 1 + c * 1024;
                Arrays.fill(file, from, from + 1024, (byte) (10 * labels[r] + c));
            }
        }
        return file;
    }

    private Dataset read() throws IOException {
        return Cifar.TEN.read(folder, PER_FILE, PER_FILE);
    }

    @Test
    void readsFilesInOrderWithNormalisedPlanes() throws IOException {
        Dataset cifar = read();
        assertThat(cifar.train().count()).isEqualTo(10);
        assertThat(cifar.test().label(0)).isEqualTo(9);
        double[] inputs = new double[3072];
        cifar.train().copyInputs(2, 3, inputs); // first record of the second file: label 2, planes 20, 21, 22
        assertThat(cifar.train().label(2)).isEqualTo(2);
        assertThat(inputs[1023]).isCloseTo((20 / 255.0 - 0.485) / 0.229, offset(1e-12));
        assertThat(inputs[1024]).isCloseTo((21 / 255.0 - 0.456) / 0.224, offset(1e-12));
        assertThat(inputs[3071]).isCloseTo((22 / 255.0 - 0.406) / 0.225, offset(1e-12));
    }

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {0, 1, RECORD, 2 * RECORD - 1, 2 * RECORD + 1, 3 * RECORD})
    void rejectsFilesOfAnotherLength(int bytes) throws IOException {
        Files.write(folder.resolve("data_batch_3.bin"), Arrays.copyOf(batch(1, 2), bytes));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(this::read)
                .withMessageContaining("data_batch_3.bin")
                .withMessageContaining("" + 2 * RECORD);
    }

    @ParameterizedTest(name = "label {0}")
    @ValueSource(ints = {10, 127, 128, 255})
    void rejectsLabelsOutOfRange(int label) throws IOException {
        Files.write(folder.resolve("test_batch.bin"), batch(3, label));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(this::read)
                .withMessageContaining("test_batch.bin: label 1 is " + label + " but must lie in 0..9");
    }

    @ParameterizedTest(name = "without {0}")
    @ValueSource(strings = {"data_batch_1.bin", "data_batch_5.bin", "test_batch.bin"})
    void namesAMissingFile(String name) throws IOException {
        Files.delete(folder.resolve(name));
        assertThatExceptionOfType(MissingDataException.class)
                .isThrownBy(this::read)
                .withMessageContaining(name);
    }

    @Test
    void realSetNeedsTenThousandRecordsAFile() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> Cifar.TEN.read(folder))
                .withMessageContaining("6146 bytes")
                .withMessageContaining("30730000");
    }
}
