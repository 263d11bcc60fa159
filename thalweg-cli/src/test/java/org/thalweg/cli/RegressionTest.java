package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.NetworkFile;
import org.thalweg.checkpoint.PathFile;
import org.thalweg.run.Numbers;

/** What docs/own.md promises of a regression: a table with two targets in, networks, a panel and a merged network out. */
class RegressionTest {
    @TempDir
    static Path folder;

    /** Prices and rents of houses, and two networks that predict both. */
    @BeforeAll
    static void train() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        StringBuilder csv = new StringBuilder("area,rooms,age,price,rent\n");
        for (int i = 0; i < 150; i++) {
            double area = 30 + 170 * random.nextDouble();
            int rooms = 1 + random.nextInt(6);
            double age = 100 * random.nextDouble();
            double price = 2000 * area * (1 + 0.3 * Math.sin(age / 10)) + 5000 * rooms;
            csv.append(String.format(
                    Locale.ROOT, "%.2f,%d,%.1f,%.0f,%.0f%n", area, rooms, age, price, price / 250 + 10 * rooms));
        }
        Files.writeString(folder.resolve("houses.csv"), csv);
        Files.writeString(folder.resolve("houses.yaml"), """
                task: regression
                train: houses.csv
                test: {every: 5}
                target: [price, rent]
                standardise: true
                standardise-targets: true
                """);
        train("mlp-12", "run");
        train("mlp-8-6", "deep");
    }

    private static void train(String network, String out) {
        run(
                "train",
                "--network",
                network,
                "--seeds",
                "1-3",
                "--epochs",
                "20",
                "--learning-rate",
                "0.05",
                "--batch",
                "10",
                "--data",
                folder.resolve("houses.yaml"),
                "--out",
                folder.resolve(out),
                "--quiet");
    }

    private static Path network(int seed) {
        return network("run", seed);
    }

    private static Path network(String run, int seed) {
        return folder.resolve(run + "/networks/seed-" + seed + ".safetensors");
    }

    private static Cli.Outcome run(Object... arguments) {
        Cli.Outcome outcome = Cli.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome;
    }

    private static JsonNode connect(String method) throws IOException {
        return Numbers.MAPPER.readTree(run(
                        "connect",
                        network(1),
                        network(2),
                        "--method",
                        method,
                        "--points",
                        "5",
                        "--format",
                        "json",
                        "--data",
                        folder.resolve("houses.yaml"),
                        "--quiet")
                .out());
    }

    @Test
    void resultsHaveLossesAndNoAccuracy() throws IOException {
        JsonNode json = connect("ot+wa");

        assertThat(json.at("/data/loss").asText()).isEqualTo("mean-squared-error");
        assertThat(json.at("/ends/0").fieldNames()).toIterable().containsExactly("trainLoss", "testLoss");
        assertThat(json.at("/worst").fieldNames()).toIterable().containsExactly("trainLoss", "testLoss");
        // targets are standardised, so 1 is what their mean alone would get
        assertThat(json.at("/ends/0/trainLoss").doubleValue()).isBetween(0.0, 0.3);
    }

    /** On the first and the last leg of convex adjustment the output layer moves alone, to less loss and back: exact. */
    @Test
    void convexAdjustmentRefitsToTheTargets() throws IOException {
        JsonNode json = connect("ot+ca");

        JsonNode first = json.at("/points/0");
        JsonNode refitted = json.at("/points/4"); // of 5 on leg refit-a
        assertThat(refitted.get("leg").asText()).isEqualTo("refit-a");
        assertThat(refitted.get("trainLoss").doubleValue())
                .isLessThan(first.get("trainLoss").doubleValue());
        assertThat(json.at("/legs/0/worst/trainLoss/exact").booleanValue()).isTrue();
        assertThat(json.at("/legs/0/worst/trainLoss/value")).isEqualTo(first.get("trainLoss"));
        assertThat(json.at("/convexAdjustment/loss").asText()).isEqualTo("squared-error");
    }

    @Test
    void panelReportAndMergeTellLossesAlone() throws IOException {
        Path panel = folder.resolve("panel");
        Path merged = folder.resolve("merged.safetensors");

        String table = run(
                        "panel",
                        "--endpoints",
                        network(1) + "," + network(2),
                        "--methods",
                        "linear,arc,ot+wa,ot+ca,garipov-3",
                        "--curve-epochs",
                        "2",
                        "--points",
                        "5",
                        "--data",
                        folder.resolve("houses.yaml"),
                        "--out",
                        panel,
                        "--quiet")
                .out();
        run("report", panel, "--out", folder.resolve("report"));
        String merge = run(
                        "merge",
                        network(1),
                        network(2),
                        "--method",
                        "ot+ca",
                        "--data",
                        folder.resolve("houses.yaml"),
                        "--out",
                        merged)
                .out();

        assertThat(table).contains("loss (train / test)", "see the targets of the training examples");
        assertThat(table).doesNotContainIgnoringCase("accuracy");
        assertThat(panel.resolve("results.csv"))
                .content()
                .startsWith("method,pairs,trainLossWorstMean,trainLossWorstSd,testLossWorstMean,testLossWorstSd,"
                        + "trainLossWorstWholePathMean,");
        assertThat(panel.resolve("figures/path.svg")).content().contains("Loss (mean squared error)");
        assertThat(merge).contains("test loss ", "orth using").doesNotContain("acc");
        assertThat(folder.resolve("merged.md")).content().contains("mean over examples and targets");
        assertThat(Checkpoint.open(merged).entries()).hasSize(4);
    }

    @Test
    void whatNeedsClassesRefusesInASentence() {
        Object data = folder.resolve("houses.yaml");

        Cli.Outcome ensemble = Cli.run(
                "ensemble",
                "--endpoints",
                network(1) + "," + network(2),
                "--heads",
                "2",
                "--data",
                data,
                "--out",
                folder.resolve("e"));
        Cli.Outcome learn = Cli.run(
                "learn", "--network", "mlp-12", "--networks", "4", "--data", data, "--out", folder.resolve("map/m"));

        assertThat(ensemble.code()).isEqualTo(3);
        assertThat(ensemble.err())
                .contains("an ensemble averages probabilities of classes, but these examples have real targets");
        assertThat(learn.code()).isEqualTo(3);
        assertThat(learn.err())
                .contains("a learned map is trained and chosen by cross-entropy and accuracy, but these examples have");
        assertThat(folder.resolve("map")).doesNotExist(); // nor was a network trained for it
        assertThat(folder.resolve("e")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "panel"})
    void crossEntropyRefitsAreRefusedBeforeAnythingIsMade(String command) {
        boolean isPanel = command.equals("panel");
        Path out = folder.resolve("refused-" + command);
        List<Object> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(
                isPanel
                        ? List.of("--endpoints", network(1) + "," + network(2), "--methods", "ot+ca")
                        : List.of(network(1), network(2), "--method", "ot+ca"));
        arguments.addAll(
                List.of("--refit-loss", "cross-entropy", "--data", folder.resolve("houses.yaml"), "--out", out));

        Cli.Outcome outcome = Cli.run(arguments.toArray());

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("the refit loss is cross-entropy, which needs labels, but the examples have real targets");
        assertThat(out).doesNotExist();
    }

    @Test
    void predictionsAreInTheUnitsOfTheTable() throws IOException {
        Path csv = folder.resolve("predictions.csv");

        String sentence = run("predict", network(1), "--data", folder.resolve("houses.yaml"), "--out", csv)
                .out();

        double loss = connect("linear").at("/ends/0/testLoss").doubleValue();
        assertThat(sentence)
                .startsWith(String.format(
                        Locale.ROOT, "1 network: mean squared error %.4f on 30 test examples of houses; off by ", loss))
                .contains(" in price, ", " in rent (root mean square, in the data's own units)");
        List<String> table = Files.readAllLines(folder.resolve("houses.csv"));
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(31).first().isEqualTo("example,price,price predicted,rent,rent predicted");
        for (int i = 0; i < 30; i++) { // each fifth example is a test example
            String[] house = table.get(1 + 5 * i + 4).split(",", -1);
            String[] line = lines.get(1 + i).split(",", -1);
            assertThat(Double.parseDouble(line[1])).isCloseTo(Double.parseDouble(house[3]), withinPercentage(1e-10));
            assertThat(Double.parseDouble(line[3])).isCloseTo(Double.parseDouble(house[4]), withinPercentage(1e-10));
        }
    }

    @Test
    void outputsAreShownWithTheTargetsThatTheyStandFor() {
        assertThat(run("data", "show", folder.resolve("houses.yaml")).out().lines())
                .hasSize(3)
                .startsWith("houses: 120 training and 30 test examples, vectors of 3")
                .element(2)
                .asString()
                .matches("output 1     target \\(rent - [0-9.]{2,7}\\) / [0-9.]{2,7}"); // six digits
    }

    static Stream<Arguments> methods() {
        return Stream.concat(
                Stream.of("linear", "arc", "ot", "linear+wa", "ot+wa", "arc+ca", "ot+ca", "bezier-3", "ot:garipov-3")
                        .map(method -> Arguments.of("run", method)),
                Stream.of(
                                "linear",
                                "ot",
                                "linear+butterfly",
                                "arc+butterfly",
                                "ot+butterfly",
                                "arc+wa",
                                "ot+wa",
                                "ot+ca",
                                "ot+wa+ca",
                                "garipov-3")
                        .map(method -> Arguments.of("deep", method)));
    }

    /** The ends of a path are the networks bit for bit, and evaluating it again finds what connecting found. */
    @ParameterizedTest
    @MethodSource("methods")
    void endsAreExactAndLossesFinite(String run, String method) throws IOException {
        Object data = folder.resolve("houses.yaml");
        Path file = folder.resolve("path-" + run + ".safetensors");
        Object[] measure = {"--data", data, "--points", "3", "--format", "json", "--quiet"};
        List<Object> connect = new ArrayList<>(List.of("connect", network(run, 1), network(run, 2)));
        connect.addAll(List.of("--method", method, "--curve-epochs", "1", "--knots", "3", "--out", file));
        connect.addAll(List.of(measure));
        List<Object> evaluate = new ArrayList<>(List.of("evaluate", file));
        evaluate.addAll(List.of(measure));

        JsonNode connected = Numbers.MAPPER.readTree(run(connect.toArray()).out());
        JsonNode evaluated = Numbers.MAPPER.readTree(run(evaluate.toArray()).out());

        assertThat(evaluated.get("points")).isEqualTo(connected.get("points")).hasSizeGreaterThan(2);
        assertThat(evaluated.get("worst")).isEqualTo(connected.get("worst"));
        org.thalweg.path.Path path = PathFile.read(file);
        assertThat(path.at(0)).isEqualTo(NetworkFile.read(network(run, 1)).weights());
        assertThat(path.at(1)).isEqualTo(NetworkFile.read(network(run, 2)).weights());
    }

    @Test
    void planeShowsLossesAlone() {
        Path out = folder.resolve("plane");

        run(
                "plane",
                network(1),
                network(2),
                network(3),
                "--grid",
                "3",
                "--data",
                folder.resolve("houses.yaml"),
                "--out",
                out,
                "--quiet");

        assertThat(out.resolve("figures/test_loss_plane.csv")).content().startsWith("x,y,trainLoss,testLoss\n");
        assertThat(out.resolve("figures/test_loss_plane.svg")).content().contains("Test loss on the plane");
        assertThat(out.resolve("figures")).isDirectoryNotContaining("glob:**accuracy**");
    }

    @Test
    void networksOfOtherOutputsAreRefused() throws IOException {
        Path one = folder.resolve("one.yaml");
        Files.writeString(
                one,
                "task: regression\ntrain: houses.csv\ntest: {every: 5}\ntarget: rent\nstandardise-targets: true\n");

        Cli.Outcome outcome = Cli.run("connect", network(1), network(2), "--method", "linear", "--data", one);

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).contains("which has 4 features and 1 targets");
    }
}
