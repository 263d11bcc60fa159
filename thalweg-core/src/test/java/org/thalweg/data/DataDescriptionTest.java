package org.thalweg.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.yaml.YamlException;

class DataDescriptionTest {
    @TempDir
    Path folder = Path.of("unset");

    private Dataset open(String description) throws IOException {
        Path file = folder.resolve("own.yaml");
        Files.writeString(file, description.replace("|", "\n"));
        return Datasets.open(file.toString(), DataOptions.DEFAULTS);
    }

    private void image(String name, int type, int height, int width, int rgb) throws IOException {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (type == BufferedImage.TYPE_BYTE_GRAY) {
                    image.getRaster().setSample(x, y, 0, rgb + 10 * y + x);
                } else {
                    image.setRGB(x, y, rgb + 0x010203 * x);
                }
            }
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        ImageIO.write(image, "png", file.toFile());
    }

    private static byte[] npy(String descr, String shape, byte[] data) {
        String header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + ", }\n";
        ByteBuffer out = ByteBuffer.allocate(10 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length());
        return out.put(header.getBytes(StandardCharsets.US_ASCII)).put(data).array();
    }

    private static double[] inputs(Examples examples) {
        double[] values = new double[examples.count() * examples.features()];
        examples.copyInputs(0, examples.count(), values);
        return values;
    }

    @Test
    void foldersOfImagesTakeTurnsThroughTheirClasses() throws IOException {
        image("train/dog/b.png", BufferedImage.TYPE_INT_RGB, 1, 2, 0x102030);
        image("train/cat/a.png", BufferedImage.TYPE_INT_RGB, 1, 2, 0xff0000);
        image("train/cat/z.png", BufferedImage.TYPE_INT_RGB, 1, 2, 0);
        image("test/dog/c.png", BufferedImage.TYPE_INT_RGB, 1, 2, 0x0000ff);
        Files.writeString(folder.resolve("train/cat/notes.txt"), "no image");

        Dataset data = open("train: train|test: test|mean: [0.5]|deviation: [0.5, 0.5, 0.25]");

        assertThat(data.name()).isEqualTo("own");
        assertThat(data.outputs()).isEqualTo(2);
        assertThat(data.shape()).isEqualTo(new ImageShape(3, 1, 2));
        assertThat(new int[] {
                    data.train().label(0), data.train().label(1), data.train().label(2)
                })
                .containsExactly(0, 1, 0);
        assertThat(data.test().label(0)).isEqualTo(1);
        byte[] dog = new byte[6];
        data.train().copyPixels(1, dog, 0);
        assertThat(dog).containsExactly(0x10, 0x11, 0x20, 0x22, 0x30, 0x33);
        assertThat(inputs(data.train())[0]).isEqualTo(1.0); // (255/255 - 0.5) / 0.5
    }

    @Test
    void greyLevelsAreThoseOfTheFileAndColoursBecomeGreyOnRequest() throws IOException {
        image("train/0/a.png", BufferedImage.TYPE_BYTE_GRAY, 2, 2, 7);
        image("test/0/a.png", BufferedImage.TYPE_INT_RGB, 2, 2, 0x0a0a0a);

        Dataset data = open("train: train|test: test|image: [1, 2, 2]|classes: [zero]");

        byte[] grey = new byte[4];
        data.train().copyPixels(0, grey, 0);
        assertThat(grey).containsExactly(7, 8, 17, 18);
        data.test().copyPixels(0, grey, 0);
        assertThat(grey[0]).isEqualTo((byte) 10);
    }

    @Test
    void damagedAndLargeImagesAreRefusedBeforeTheyAreDecoded() throws IOException {
        image("train/a/1.png", BufferedImage.TYPE_BYTE_GRAY, 2, 2, 7);
        image("train/a/2.png", BufferedImage.TYPE_BYTE_GRAY, 3, 2, 7);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: train|test: train"))
                .withMessageEndingWith(
                        "2.png: an image of 3x2 (height x width) among those of 2x2; bring all to one size.");

        byte[] bomb = Files.readAllBytes(folder.resolve("train/a/1.png"));
        ByteBuffer.wrap(bomb).putInt(16, 60_000).putInt(20, 60_000); // the header's width and height
        Files.write(folder.resolve("train/a/2.png"), bomb);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: train|test: train"))
                .withMessageContaining("an image of 60000x60000; at most 16777216 pixels are read.");

        Files.writeString(folder.resolve("train/a/2.png"), "hello");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: train|test: train"))
                .withMessageContaining("2.png: is no PNG or JPEG");
    }

    @Test
    void anyBytesOfAnImageAreReadOrRefused() throws IOException {
        image("train/a/1.png", BufferedImage.TYPE_INT_RGB, 5, 4, 7);
        Path jpeg = folder.resolve("train/a/2.jpg");
        ImageIO.write(new BufferedImage(4, 5, BufferedImage.TYPE_INT_RGB), "jpg", jpeg.toFile());
        byte[] seed = Files.readAllBytes(folder.resolve("train/a/1.png"));
        byte[] other = Files.readAllBytes(jpeg);
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 400; round++) {
            boolean png = round % 2 == 0;
            byte[] bytes = (png ? seed : other).clone();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(folder.resolve(png ? "train/a/1.png" : "train/a/2.jpg"), bytes);
            try {
                assertThat(open("train: train|test: train|image: [3, 5, 4]")
                                .train()
                                .count())
                        .isEqualTo(2);
            } catch (DataException e) {
                assertThat(e.getMessage()).contains(folder.toString());
            }
            Files.write(folder.resolve("train/a/1.png"), seed);
            Files.write(jpeg, other);
        }
    }

    @Test
    void tablesHaveTheirLabelInAColumn() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "kind,\"x, in m\",y\nb,1,10\n\na,3,-2e1\n\"a\",5,30\nb,7,40\n");

        Dataset data = open("name: farm|train: t.csv|label: kind|standardise: true|test: {every: 2}");

        assertThat(data.name()).isEqualTo("farm");
        assertThat(data.train().count()).isEqualTo(2);
        assertThat(data.train().label(0)).isEqualTo(1);
        assertThat(inputs(data.train())).containsExactly(-1, -1, 1, 1); // of 1, 5 and 10, 30
        assertThat(inputs(data.test())).containsExactly(0, -4, 2, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2,a/1,2; t.csv:2: 2 columns but the first row has 3.",
                "1,2,a/1,x,a; t.csv:2: column 2 is 'x' but must be a finite number; fill or drop such rows first.",
                "1,1e999,a; t.csv:1: column 2 is '1e999' but must be a finite number; fill or drop such rows first.",
                "1,\"2,a; t.csv:1: a quote is not closed; texts over several lines are not read.",
                "a; t.csv: 1 columns; a label and at least one feature are needed, at most 100000 in all.",
                "x,y; t.csv: holds no rows of examples."
            })
    void badTablesAreRefusedWithTheirLine(String textAndMessage) throws IOException {
        String[] both = textAndMessage.split("; ", 2);
        Files.writeString(folder.resolve("t.csv"), both[0].replace("/", "\n"));

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: t.csv|test: t.csv"))
                .withMessageEndingWith(both[1]);
    }

    @Test
    void arraysAreReadFromOneFileOrTwo() throws IOException {
        byte[] inputs = npy("|u1", "(2, 2, 1, 3)", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, (byte) 255});
        byte[] labels = npy("<i8", "(2,)", new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        Files.write(folder.resolve("x.npy"), inputs);
        Files.write(folder.resolve("y.npy"), labels);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            zip.putNextEntry(new ZipEntry("a.npy"));
            zip.write(inputs);
            zip.putNextEntry(new ZipEntry("b.npy"));
            zip.write(labels);
        }
        Files.write(folder.resolve("all.npz"), zipped.toByteArray());

        Dataset data = open("train: {inputs: x.npy, labels: y.npy}|test: {file: all.npz, inputs: a, labels: b}");

        assertThat(data.shape()).isEqualTo(new ImageShape(3, 2, 1)); // channels stood last
        byte[] second = new byte[6];
        data.test().copyPixels(1, second, 0);
        assertThat(second).containsExactly(7, 10, 8, 11, 9, -1);
        assertThat(data.test().label(0)).isEqualTo(1);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: {file: all.npz, inputs: a, labels: c}|test: {every: 2}"))
                .withMessageContaining("has no array \"c\"");
        Files.write(folder.resolve("x.npy"), java.util.Arrays.copyOf(inputs, inputs.length - 1));
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: {inputs: x.npy, labels: y.npy}|test: {every: 2}"))
                .withMessageContaining("does not fill its 11 bytes");
    }

    @Test
    void anArrayThatDoesNotFitIsNamed() throws IOException {
        Files.write(folder.resolve("x.npy"), npy("|u1", "(2, 1)", new byte[] {1, 2}));
        Files.write(folder.resolve("y.npy"), npy("|i1", "(2,)", new byte[] {0, -1}));
        Files.write(folder.resolve("three.npy"), npy("|i1", "(3,)", new byte[3]));
        Files.write(folder.resolve("other.npy"), npy("|i1", "(2,)", new byte[] {0, 7}));

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: {inputs: x.npy, labels: y.npy}|test: {every: 2}"))
                .withMessageStartingWith(folder.resolve("y.npy") + ": label 1 is -1.0 but must be a whole number");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: {inputs: x.npy, labels: three.npy}|test: {every: 2}"))
                .withMessage(folder.resolve("three.npy") + ": labels of shape [3] but the inputs of "
                        + folder.resolve("x.npy") + " have the shape [2, 1]; both need the same first extent.");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: {inputs: x.npy, labels: other.npy}|test: {every: 2}"))
                .withMessage(folder.resolve("other.npy")
                        + ", example 1: the label '7' is no class of the training examples, which have 0.");
    }

    @Test
    void whatIsSuspiciousIsRemarkedOn() throws IOException {
        Files.writeString(folder.resolve("t.csv"), "1,0\n2,1\n3,5\n");
        Files.writeString(folder.resolve("u.csv"), "1,1\n2,2\n");
        Files.writeString(folder.resolve("v.csv"), "1,0\n2,1\n");
        Files.writeString(folder.resolve("w.csv"), "3,0\n4,1\n");

        assertThat(open("train: t.csv|test: u.csv").remarks())
                .containsExactly(
                        "2 classes have no examples: 3, 4.",
                        "class 2 has no training examples.",
                        "2 classes have no test examples: 0, 5.");
        assertThat(open("train: v.csv|test: v.csv").remarks())
                .containsExactly("the test examples are the training examples; they do not tell what networks make of"
                        + " others.");
        assertThat(open("train: v.csv|test: w.csv").remarks()).isEmpty();
    }

    @Test
    void aLabelWithoutAClassIsNamedWhereItStands() throws IOException {
        image("train/bar/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 1, 7);
        image("train/dot/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 1, 7);
        image("test/bat/1.png", BufferedImage.TYPE_BYTE_GRAY, 1, 1, 7);
        Files.writeString(folder.resolve("t.csv"), "x,kind\n\n1,bar\n");
        Files.writeString(folder.resolve("u.csv"), "x,kind\n1,bar\n1,bat\n");

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: train|test: test"))
                .withMessage(folder.resolve("test/bat")
                        + ": the label 'bat' is no class of the training examples, which have bar, dot.");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> open("train: t.csv|test: u.csv"))
                .withMessage(folder.resolve("u.csv")
                        + ":3: the label 'bat' is no class of the training examples, which have bar.");
        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> open("train: t.csv|test: t.csv|classes: [dot, bra]"))
                .withMessage(folder.resolve("own.yaml") + ":3: 'classes' lacks 'bar', the label of "
                        + folder.resolve("t.csv") + ":3; it has dot, bra.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train: ../x|test: y; :1: '../x' leaves the folder of the description; put the files beside it, or below.",
                "train: /etc/passwd|test: y; :1: '/etc/passwd' leaves the folder of the description; put the files beside"
                        + " it, or below.",
                "test: t.csv; :1: 'train' is missing.",
                "train: t.csv|test: t.csv|means: [1]; :3: 'means' is not known here; use name, train, test, task, image, mean,"
                        + " deviation, standardise, classes, label.",
                "train: t.csv|test: t.csv|mean: [1, 2, 3]; :3: 'mean' has 3 numbers but must have 1 or 2.",
                "train: t.csv|test: t.csv|deviation: [0]; :3: 'deviation' must be positive.",
                "train: one.csv|test: one.csv|mean: [1, 2]; :3: 'mean' has 2 numbers but must have 1.",
                "train: t.csv|test: {every: 9}; :2: each 9th of 2 examples is none."
            })
    void badDescriptionsAreRefusedWithTheirLine(String descriptionAndMessage) throws IOException {
        String[] both = descriptionAndMessage.split("; ", 2);
        Files.writeString(folder.resolve("t.csv"), "1,2,a\n3,4,b\n");
        Files.writeString(folder.resolve("one.csv"), "1,a\n3,b\n");

        assertThatExceptionOfType(YamlException.class)
                .isThrownBy(() -> open(both[0]))
                .withMessage(folder.resolve("own.yaml") + both[1]);
    }
}
