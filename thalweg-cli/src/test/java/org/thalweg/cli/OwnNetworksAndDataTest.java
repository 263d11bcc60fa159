package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.checkpoint.Safetensors;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

/** What docs/own.md promises: two foreign files and a folder of images in, a panel and a merged network out. */
class OwnNetworksAndDataTest {
    private static final String[] CLASSES = {"bar", "dot"};

    @TempDir
    static Path folder;

    /** Images of a bright row or a bright spot, and a convolutional network with batch norm for them, trained twice. */
    @BeforeAll
    static void makeWhatAUserBrings() throws IOException {
        writeImagesAndDescriptions(folder);
        train("run", "net.yaml", 6, folder.resolve("1.pt"), folder.resolve("2.pt"));
    }

    /** Trains networks of the seeds 1, 2, …, and writes them as another program does. */
    private static void train(String runName, String network, int epochs, Path... files) throws IOException {
        Path run = folder.resolve(runName);
        run(
                "train",
                "--network",
                folder.resolve(network),
                "--epochs",
                epochs,
                "--learning-rate",
                "0.05",
                "--batch",
                "10",
                "--seeds",
                "1-" + files.length,
                "--data",
                folder.resolve("shapes.yaml"),
                "--out",
                run,
                "--quiet");
        for (int seed = 1; seed <= files.length; seed++) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            NetworkFile.read(run.resolve("networks/seed-" + seed + ".safetensors"))
                    .weights()
                    .asMap()
                    .forEach((name, tensor) -> tensors.put(foreign(name), tensor));
            Path plain = folder.resolve("plain.safetensors");
            Safetensors.write(plain, tensors, Map.of());
            run("export", plain, "--architecture", folder.resolve(network), "--out", files[seed - 1]);
        }
    }

    /** Writes train/ and test/ with 60 and 20 images, shapes.yaml that names them, and net.yaml. */
    static void writeImagesAndDescriptions(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        for (String split : new String[] {"train", "test"}) {
            for (int label = 0; label < 2; label++) {
                for (int i = 0; i < (split.equals("train") ? 30 : 10); i++) {
                    image(folder.resolve(split + "/" + CLASSES[label] + "/" + i + ".png"), label, random);
                }
            }
        }
        Files.writeString(folder.resolve("shapes.yaml"), "train: train\ntest: test\nmean: [0.2]\ndeviation: [0.3]\n");
        Files.writeString(folder.resolve("net.yaml"), """
                input: [1, 6, 6]
                layers:
                  - conv: {filters: 4, size: 3, pad: 1, name: net.conv}
                  - batchnorm: {name: net.bn}
                  - relu
                  - maxpool: 2
                  - flatten
                  - linear: {units: 2, name: net.fc}
                """);
    }

    private static String foreign(String name) {
        return name.replaceFirst("^0\\.", "net.conv.")
                .replaceFirst("^1\\.", "net.bn.")
                .replaceFirst("^5\\.", "net.fc.");
    }

    private static void image(Path file, int label, SplittableRandom random) throws IOException {
        BufferedImage image = new BufferedImage(6, 6, BufferedImage.TYPE_BYTE_GRAY);
        int row = random.nextInt(6);
        int column = random.nextInt(6);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 6; x++) {
                boolean bright = y == row && (label == 0 || x == column);
                image.getRaster().setSample(x, y, 0, random.nextInt(60) + (bright ? 190 : 0));
            }
        }
        Files.createDirectories(file.resolveSibling("."));
        ImageIO.write(image, "png", file.toFile());
    }

    private static Cli.Outcome run(Object... arguments) {
        Cli.Outcome outcome = Cli.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    @Test
    void withoutADescriptionTheFileIsNotGuessed() {
        Cli.Outcome alone = Cli.run("check", folder.resolve("1.pt"), folder.resolve("2.pt"));

        assertThat(alone.code()).isEqualTo(3);
        assertThat(alone.out())
                .contains("network not recognised: ", "which network A is, is not known; describe its layers");
        String advice =
                "conv2fc1 and vgg16 are recognised; describe its layers in a file and name that with --architecture.";
        assertThat(run("inspect", folder.resolve("1.pt")).out()).contains(advice);
        assertThat(Cli.run("export", folder.resolve("1.pt"), "--out", folder.resolve("x.pt"))
                        .err())
                .contains(advice);
    }

    @Test
    void aDescriptionThatDoesNotFitIsToldApartFromNone() throws IOException {
        Path wider = folder.resolve("wider.yaml");
        Files.writeString(wider, Files.readString(folder.resolve("net.yaml")).replace("filters: 4", "filters: 5"));

        Cli.Outcome check = Cli.run("check", folder.resolve("1.pt"), folder.resolve("2.pt"), "--architecture", wider);

        assertThat(check.code()).isEqualTo(3);
        assertThat(check.out())
                .contains("what is given with --architecture does not fit A.")
                .doesNotContain("describe its layers");
        assertThat(run("inspect", folder.resolve("1.pt"), "--architecture", wider)
                        .out())
                .contains("network: not recognised; ")
                .doesNotContain("describe its layers");
    }

    @Test
    void filesOfTwoWidthsTakeADescriptionEach() throws IOException {
        Path wide = folder.resolve("wide.pt");
        String narrowOrWide = folder.resolve("net.yaml") + "," + folder.resolve("wide.yaml");
        Files.writeString(
                folder.resolve("wide.yaml"),
                Files.readString(folder.resolve("net.yaml")).replace("filters: 4", "filters: 6"));
        train("wide-run", "wide.yaml", 1, wide);
        Path one = folder.resolve("1.pt");
        Path panel = folder.resolve("widths");
        Path merged = folder.resolve("widths.safetensors");

        Cli.Outcome check = run("check", one, wide, "--architecture", narrowOrWide);
        Cli.Outcome measured = run(
                "panel",
                "--endpoints",
                one + "," + wide + "," + folder.resolve("2.pt"),
                "--architecture",
                narrowOrWide,
                "--data",
                folder.resolve("shapes.yaml"),
                "--methods",
                "ot",
                "--points",
                "3",
                "--out",
                panel);
        run(
                "merge",
                one,
                wide,
                "--architecture",
                narrowOrWide,
                "--data",
                folder.resolve("shapes.yaml"),
                "--out",
                merged);
        Cli.Outcome neither = Cli.run(
                "check", one, wide, "--architecture", folder.resolve("wide.yaml") + "," + folder.resolve("wide.yaml"));

        assertThat(check.out()).contains("conv(1,4,3", "conv(1,6,3", "no: the widths differ");
        assertThat(measured.out()).contains("Writing 3 paths (less than 1 MB) to " + panel.resolve("paths") + ".");
        assertThat(Files.readString(panel.resolve("results.csv"))).contains("\not,3,");
        assertThat(NetworkFile.read(merged).architecture().hiddenUnits().get(0).size())
                .isBetween(6, 9);
        assertThat(neither.code()).isEqualTo(3);
        assertThat(neither.out())
                .contains("fits none of the 2 descriptions: it ", "what is given with --architecture does not fit A.");
    }

    /** By place the tensors would fit, but a name that is not in the file is not what its user meant. */
    @Test
    void aMisspeltLayerIsRefused() throws IOException {
        Path misspelt = folder.resolve("misspelt.yaml");
        Files.writeString(misspelt, Files.readString(folder.resolve("net.yaml")).replace("net.fc", "net.fcc"));

        Cli.Outcome outcome = Cli.run("export", folder.resolve("1.pt"), "--architecture", misspelt, "--out", "x.pt");

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err())
                .contains(
                        "1.pt: has no layer \"net.fcc\", which " + misspelt + ":8 names; its layers are \"net.conv\",");
    }

    @Test
    void checkAndInspectTakeTheDescription() {
        Object net = folder.resolve("net.yaml");

        assertThat(run("inspect", folder.resolve("1.pt"), "--architecture", net).out())
                .contains("network: input(1,6,6) conv(1,4,3,pad=1) batchnorm(4) relu maxpool(2) flatten linear(36,2)")
                .contains("  1.running_var is net.bn.running_var");
        assertThat(run("check", folder.resolve("1.pt"), folder.resolve("2.pt"), "--architecture", net)
                        .out())
                .contains("ot+wa ")
                .doesNotContain("No method");
    }

    @Test
    void aPanelAndAMergedNetworkComeBack() throws IOException {
        Path merged = folder.resolve("merged.pt");
        Path out = folder.resolve("panel");

        run(
                "panel",
                "--endpoints",
                folder.resolve("1.pt") + "," + folder.resolve("2.pt"),
                "--architecture",
                folder.resolve("net.yaml"),
                "--methods",
                "linear,ot+wa",
                "--data",
                folder.resolve("shapes.yaml"),
                "--points",
                "3",
                "--knots",
                "3",
                "--out",
                out,
                "--quiet");
        Cli.Outcome merge = run(
                "merge",
                folder.resolve("1.pt"),
                folder.resolve("2.pt"),
                "--architecture",
                folder.resolve("net.yaml"),
                "--method",
                "ot+wa+ca",
                "--data",
                folder.resolve("shapes.yaml"),
                "--out",
                merged);

        assertThat(Files.readString(out.resolve("results.csv"))).contains("\nlinear,1,", "\not+wa,1,");
        assertThat(out.resolve("report.html")).isNotEmptyFile();
        assertThat(merge.out()).contains("on shapes (60 training, 20 test examples)", "orth using");
        assertThat(Checkpoint.open(merged).entries().keySet())
                .containsExactlyElementsOf(
                        Checkpoint.open(folder.resolve("1.pt")).entries().keySet());
        assertThat(folder.resolve("merged.md")).isNotEmptyFile();
    }

    /** What evaluate measured at a point is what its file measures, once it has the statistics that evaluate took. */
    @Test
    void anExportedPointHasTheFiguresThatWerePrinted() throws IOException {
        Object data = folder.resolve("shapes.yaml");
        Path path = folder.resolve("path.safetensors");
        Path plain = folder.resolve("plain-mid.safetensors");
        Path mid = folder.resolve("mid.safetensors");
        JsonNode printed = new ObjectMapper()
                .readTree(run(
                                "connect",
                                folder.resolve("1.pt"),
                                folder.resolve("2.pt"),
                                "--architecture",
                                folder.resolve("net.yaml"),
                                "--method",
                                "linear",
                                "--data",
                                data,
                                "--points",
                                "3",
                                "--format",
                                "json",
                                "--out",
                                path)
                        .out());
        String loss = String.format(
                Locale.ROOT,
                "loss %.4f,",
                printed.get("points").get(1).get("testLoss").doubleValue());

        Cli.Outcome exported = run("export", path, "--t", "0.5", "--out", plain);
        Cli.Outcome measured = run("export", path, "--t", "0.5", "--data", data, "--out", mid);
        Cli.Outcome end = run("export", path, "--t", "1", "--data", data, "--out", folder.resolve("end.safetensors"));
        Cli.Outcome network = Cli.run("export", mid, "--data", data, "--out", folder.resolve("x.safetensors"));

        assertThat(run("predict", mid, "--data", data).out()).contains(loss);
        assertThat(run("predict", plain, "--data", data).out()).doesNotContain(loss);
        assertThat(exported.err())
                .contains("with --data they are measured anew", "plain-mid.safetensors: input(1,6,6)");
        assertThat(measured.err() + end.err()).doesNotContain("measured anew");
        assertThat(NetworkFile.read(folder.resolve("end.safetensors"))
                        .weights()
                        .asMap()
                        .get("1.running_var"))
                .isEqualTo(PathFile.read(path).at(1).asMap().get("1.running_var"));
        assertThat(network.code()).isEqualTo(2);
        assertThat(network.err()).contains("mid.safetensors is no path, so --data has no meaning");
    }

    /** A class may be called as the output's folder is. */
    @Test
    void namesOfClassesAreNoFiles() throws IOException {
        Path named = folder.resolve("named.yaml");
        Files.writeString(named, Files.readString(folder.resolve("shapes.yaml")) + "classes: [bar, dot]\n");
        Path out = Files.createDirectories(folder.resolve("dot"));

        run("train", "--network", "mlp-3", "--epochs", "1", "--seeds", "1", "--data", named, "--out", out, "--quiet");

        assertThat(out.resolve("networks/seed-1.safetensors")).exists();
    }

    @Test
    void aNegativeVarianceIsRefusedWhereItIs() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>(Checkpoint.open(folder.resolve("1.pt"))
                .readFinite(Checkpoint.open(folder.resolve("1.pt")).entries().keySet())
                .asMap());
        tensors.put("net.bn.running_var", Tensor.owning(Shape.of(4), new float[] {1, 2, -0.5f, 1}));
        Path file = folder.resolve("negative.safetensors");
        Safetensors.write(file, tensors, Map.of());

        Cli.Outcome outcome = Cli.run(
                "export", file, "--architecture", folder.resolve("net.yaml"), "--out", folder.resolve("y.safetensors"));

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err())
                .contains("tensor \"net.bn.running_var\" holds -0.5 at index 2; a variance cannot be negative.");
    }

    @Test
    void outputsAreShownWithTheClassesThatTheyStandFor() throws IOException {
        Path turned = folder.resolve("turned.yaml");
        Files.writeString(turned, "train: train\ntest: test\nclasses: [dot, bar]\n");

        assertThat(run("data", "show", folder.resolve("shapes.yaml")).out().lines())
                .containsExactly(
                        "shapes: 60 training and 20 test examples, images [1, 6, 6] (channels, height, width)",
                        "output 0     class bar: 30 training, 10 test",
                        "output 1     class dot: 30 training, 10 test");
        assertThat(run("data", "show", turned).out()).contains("output 0     class dot: 30 training, 10 test");
    }

    @Test
    void suspiciousDataAreToldButTaken() throws IOException {
        Path half = folder.resolve("half.yaml");
        Files.writeString(half, "train: train\ntest: only/test\n");
        Files.createDirectories(folder.resolve("only/test/bar"));
        Files.copy(folder.resolve("test/bar/0.png"), folder.resolve("only/test/bar/0.png"));
        String remark = "half: class dot has no test examples." + System.lineSeparator();
        Object[] train = {"train", "--network", "mlp-2", "--epochs", "1", "--data", half, "--out", folder.resolve("t")};

        assertThat(run("data", "show", half).err()).isEqualTo(remark);
        assertThat(run(train).err()).startsWith(remark);
        assertThat(run(Stream.concat(Stream.of(train), Stream.of("--quiet")).toArray())
                        .err())
                .isEmpty();
    }

    @Test
    void dataSetsAreListedWithWhatIsWrong() throws IOException {
        Path data = folder.resolve("data");
        Files.createDirectories(data.resolve("mnist"));
        Files.write(data.resolve("mnist/train-labels-idx1-ubyte"), new byte[10]);

        Cli.Outcome listed = run("data", "--data-dir", data);

        assertThat(listed.out())
                .contains("glyphs          generated, always there")
                .contains("mnist           " + data.resolve("mnist") + ": train-images-idx3-ubyte.gz is missing")
                .contains("cifar-10        not in " + data.resolve("cifar-10-batches-bin")
                        + "; thalweg data fetch cifar-10 --data-dir " + data + System.lineSeparator());
        assertThat(Cli.run("data", "fetch", "glyphs").err())
                .contains("data set 'glyphs' is generated and always there; there is nothing to fetch.");
        assertThat(Cli.run("data", "fetch", "mnst", "--data-dir", data).err()).contains("did you mean 'mnist'?");
        assertThat(Cli.run("data", "fetch", "mnist", "--data-dir", data, "--mirror", "ftp://x/")
                        .err())
                .contains("must begin with http:// or https://");
    }
}
