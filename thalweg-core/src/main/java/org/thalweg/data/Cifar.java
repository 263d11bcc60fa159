package org.thalweg.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-10 and CIFAR-100 from the files of their binary versions (Krizhevsky 2009), normalised per channel by the mean and deviation
 * that the published networks were trained with.
 *
 * <p>A record is the label, of CIFAR-100 the coarse and then the fine label, of which the fine one counts, and 3072 bytes: red,
 * green, blue planes of 32×32.
 */
enum Cifar {
    /** Ten classes, five batches. */
    TEN(
            "cifar-10",
            10,
            1,
            "data_batch_1.bin data_batch_2.bin data_batch_3.bin data_batch_4.bin data_batch_5.bin",
            "test_batch.bin",
            10_000,
            10_000),
    /** A hundred classes, one file per split. */
    HUNDRED("cifar-100", 100, 2, "train.bin", "test.bin", 50_000, 10_000);

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final double[] MEAN = {0.485, 0.456, 0.406};
    private static final double[] DEVIATION = {0.229, 0.224, 0.225};

    private final String title;
    private final int classes;
    private final int labelBytes;
    private final String train; // names divided by spaces; a list would make the enum mutable
    private final String test;
    private final int perTrainFile;
    private final int perTestFile;

    Cifar(String title, int classes, int labelBytes, String train, String test, int perTrainFile, int perTestFile) {
        this.title = title;
        this.classes = classes;
        this.labelBytes = labelBytes;
        this.train = train;
        this.test = test;
        this.perTrainFile = perTrainFile;
        this.perTestFile = perTestFile;
    }

    /** Returns the name of the file that shows that a folder is the one with the files. */
    List<String> marker() {
        return names(train).subList(0, 1);
    }

    Dataset read(Path folder) throws IOException {
        return read(folder, perTrainFile, perTestFile);
    }

    /** Reads files of other sizes than the real ones; for tests. */
    Dataset read(Path folder, int inTrainFile, int inTestFile) throws IOException {
        return new Dataset(
                title, SHAPE, split(folder, names(train), inTrainFile), split(folder, names(test), inTestFile));
    }

    private static List<String> names(String divided) {
        return List.of(divided.split(" ", -1));
    }

    private int record() {
        return labelBytes + SHAPE.features();
    }

    private Examples split(Path folder, List<String> names, int perFile) throws IOException {
        byte[] labels = new byte[names.size() * perFile];
        byte[] pixels = new byte[labels.length * SHAPE.features()];
        int next = 0;
        for (String name : names) {
            Path file = DataFile.find(folder, List.of(name));
            byte[] records = records(file, perFile);
            for (int at = 0; at < records.length; at += record(), next++) {
                labels[next] = label(file, records[at + labelBytes - 1], at / record());
                System.arraycopy(records, at + labelBytes, pixels, next * SHAPE.features(), SHAPE.features());
            }
        }
        return Examples.ofPixels(SHAPE, pixels, new Answers.Labels(labels, classes), MEAN, DEVIATION);
    }

    private byte[] records(Path file, int perFile) throws IOException {
        byte[] records = DataFile.read(file, perFile * record());
        if (records.length != perFile * record()) {
            throw new DataException(file + ": " + records.length + " bytes but a batch of the binary version has "
                    + perFile * record() + "; fetch it again.");
        }
        return records;
    }

    private byte label(Path file, byte label, int index) throws DataException {
        if (label < 0 || label >= classes) {
            throw new DataException(file + ": label " + index + " is " + (label & 0xff) + " but must lie in 0.."
                    + (classes - 1) + "; fetch the binary version.");
        }
        return label;
    }
}
