package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.Checkpoint;
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
        Cli.Outcome outcome = Cli.run(
                "train",
                "--network",
                "mlp-12",
                "--epochs",
                "20",
                "--learning-rate",
                "0.05",
                "--batch",
                "10",
                "--data",
                folder.resolve("houses.yaml"),
                "--out",
                folder.resolve("run"),
                "--quiet");
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private static Path network(int seed) {
        return folder.resolve("run/networks/seed-" + seed + ".safetensors");
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
        Cli.Outcome predict = Cli.run("predict", network(1), "--data", data);

        assertThat(ensemble.code()).isEqualTo(3);
        assertThat(ensemble.err())
                .contains("an ensemble averages probabilities of classes, but these examples have real targets");
        assertThat(predict.code()).isEqualTo(3);
        assertThat(predict.err()).contains("these examples have real targets");
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
