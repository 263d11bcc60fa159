package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * CIFAR-10, binary version (Krizhevsky 2009): records of one label byte and 3·32·32 bytes, red, green, blue plane; normalised
 * by the mean and deviation that the published networks were trained with.
 */
final class Cifar10 {
    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int RECORD = 1 + SHAPE.features();
    private static final int PER_FILE = 10_000;
    private static final int CLASSES = 10;
    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};

    /** Name of the file that shows that a folder is the one with the files. */
    static final List<String> FIRST_BATCH = List.of("data_batch_1.bin");

    private Cifar10() {}

    static Dataset read(Path folder) throws IOException {
        return read(folder, PER_FILE);
    }

    /** Reads batches of another size than the real 10,000; for tests. */
    static Dataset read(Path folder, int perFile) throws IOException {
        List<Path> train = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            train.add(DataFile.find(folder, List.of("data_batch_" + i + ".bin")));
        }
        List<Path> test = List.of(DataFile.find(folder, List.of("test_batch.bin")));
        return new Dataset("cifar-10", SHAPE, split(train, perFile), split(test, perFile));
    }

    private static Examples split(List<Path> files, int perFile) throws IOException {
        byte[] labels = new byte[files.size() * perFile];
        byte[] pixels = new byte[labels.length * SHAPE.features()];
        int next = 0;
        for (Path file : files) {
            byte[] records = records(file, perFile);
            for (int at = 0; at < records.length; at += RECORD, next++) {
                labels[next] = label(file, records[at], at / RECORD);
                System.arraycopy(records, at + 1, pixels, next * SHAPE.features(), SHAPE.features());
            }
        }
        return Examples.ofPixels(SHAPE, CLASSES, pixels, labels, MEAN, DEVIATION);
    }

    private static byte[] records(Path file, int perFile) throws IOException {
        byte[] records = DataFile.read(file, perFile * RECORD);
        if (records.length != perFile * RECORD) {
            throw new DataException(file + ": " + records.length + " bytes but a batch of the binary version has "
                    + perFile * RECORD + "; fetch it again.");
        }
        return records;
    }

    private static byte label(Path file, byte label, int index) throws DataException {
        if (label < 0 || label >= CLASSES) {
            throw new DataException(file + ": label " + index + " is " + (label & 0xff)
                    + " but must lie in 0..9; fetch the binary version.");
        }
        return label;
    }
}
