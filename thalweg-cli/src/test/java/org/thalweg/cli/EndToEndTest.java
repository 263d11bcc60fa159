package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.engine.Engine;

/** The main job on a small set, through the command line. */
class EndToEndTest {
    private static final List<String> SMALL = List.of(
            "--network",
            "mlp-24",
            "--epochs",
            "3",
            "--learning-rate",
            "0.05",
            "--train-examples",
            "700",
            "--test-examples",
            "200",
            "--points",
            "5",
            "--knots",
            "4",
            "--networks",
            "3",
            "--quiet");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path run;

    @BeforeAll
    static void runPanel() {
        run = folder.resolve("run");
        assertThat(panel(run, 2).code()).isZero();
    }

    private static Cli.Outcome panel(Path out, int threads) {
        return Cli.run(arguments(out, threads).toArray());
    }

    private static final int FIGURES = 3 * 5; // path, barrier, neurons, matching and learning, as SVG, PNG and CSV

    private static List<String> arguments(Path out, int threads) {
        List<String> args = new ArrayList<>(List.of("panel", "--out", out.toString(), "--threads", "" + threads));
        args.addAll(SMALL);
        return args;
    }

    @Test
    void panelLeavesTheFilesOfItsContract() throws IOException {
        assertThat(RunFiles.hashes(run).keySet())
                .contains(
                        "run.json",
                        "learning.json",
                        "results.csv",
                        "results.json",
                        "summary.md",
                        "figures/path.svg",
                        "networks/seed-1.safetensors",
                        "paths/seed-1_seed-2/ot+wa.safetensors",
                        "cells/seed-2_seed-3/arc.json");
        assertThat(RunFiles.hashes(run)).hasSize(5 + 3 + 2 * 27 + 9 + FIGURES);
        assertThat(Files.readString(run.resolve("results.csv")))
                .startsWith("method,pairs,trainAccuracyWorstMean,trainAccuracyWorstSd,testAccuracyWorstMean")
                .contains("\nends,3,");
        assertThat(Files.readString(run.resolve("report.html"))).contains("<svg", "ot+wa", "±");
        assertThat(Engine.liveBytes()).isZero();
    }

    @Test
    void bytesDoNotDependOnTheNumberOfThreads() throws IOException {
        Path one = folder.resolve("one");
        Path four = folder.resolve("four");
        panel(one, 1);
        panel(four, 4);

        assertThat(RunFiles.hashes(one)).isEqualTo(RunFiles.hashes(run));
        assertThat(RunFiles.hashes(four)).isEqualTo(RunFiles.hashes(run));
    }

    @Test
    void shardsThatRanApartAreJoinedToTheTableOfTheWhole() throws IOException {
        for (String shard : List.of("1/2", "2/2")) {
            Path part = folder.resolve("part-" + shard.charAt(0));
            Files.createDirectories(part);
            copy(run.resolve("networks"), part.resolve("networks"));
            List<String> args = arguments(part, 2);
            args.addAll(List.of("--shard", shard));
            assertThat(Cli.run(args.toArray()).code()).isZero();
        }
        Path joined = folder.resolve("joined");

        Cli.Outcome report =
                Cli.run("report", folder.resolve("part-2"), folder.resolve("part-1"), "--out", joined.toString());

        assertThat(report.out()).contains("Joined 2 parts of one panel: 27 of 27 cells are finished, 0 failed.");
        for (String file : List.of("results.csv", "results.json", "summary.md", "figures/path.svg")) {
            assertThat(joined.resolve(file)).hasSameBinaryContentAs(run.resolve(file));
        }
    }

    @Test
    void finishedCellsAreKeptAndMissingOnesAreMadeAgain() throws IOException {
        Path copy = folder.resolve("copy");
        copy(run, copy);
        Path kept = copy.resolve("cells/seed-1_seed-2/linear.json");
        Path lost = copy.resolve("cells/seed-1_seed-3/ot+wa.json");
        java.nio.file.attribute.FileTime before = Files.getLastModifiedTime(kept);
        Files.delete(lost);
        Files.delete(copy.resolve("networks/seed-3.safetensors"));

        assertThat(panel(copy, 2).code()).isZero();

        assertThat(RunFiles.hashes(copy)).isEqualTo(RunFiles.hashes(run));
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(before);
    }

    @Test
    void panelOfFewerMethodsNamesWhatItDoesNotShowAndReportShowsIt() throws IOException {
        Path copy = folder.resolve("fewer");
        copy(run, copy);
        List<String> args = arguments(copy, 2);
        args.addAll(List.of("--methods", "linear,arc,ot,linear+wa,arc+wa,linear+ca,arc+ca", "--pairs", "1-2,1-3"));

        Cli.Outcome fewer = Cli.run(args.toArray());

        assertThat(fewer.out())
                .contains("\nFinished in " + copy
                        + " but not asked for now, so not shown: ot+ca, ot+wa, pair seed-2_seed-3;"
                        + " 'thalweg report " + copy + "' shows all that is finished.\nReport: ");
        assertThat(copy.resolve("report.html")).content().doesNotContain("ot+wa");
        assertThat(Cli.run("report", copy).code()).isZero();
        assertThat(copy.resolve("report.html")).content().contains("ot+wa");
        assertThat(panel(copy, 2).out()).doesNotContain("not asked for");
    }

    @Test
    void connectSavesWhatEvaluateMeasuresAgain() throws IOException {
        Path a = run.resolve("networks/seed-1.safetensors");
        Path b = run.resolve("networks/seed-2.safetensors");
        Path path = folder.resolve("path.safetensors");
        Object[] data = {"--train-examples", "700", "--test-examples", "200", "--points", "5", "--format", "json"};
        Cli.Outcome connected = Cli.run(joined(
                data,
                "connect",
                a,
                b,
                "--method",
                "ot+wa",
                "--knots",
                "4",
                "--out",
                path,
                "--report",
                folder.resolve("r")));
        Cli.Outcome evaluated = Cli.run(joined(data, "evaluate", path));

        JsonNode first = JSON.readTree(connected.out());
        JsonNode again = JSON.readTree(evaluated.out());
        for (String part :
                List.of("method", "a", "b", "data", "ends", "worst", "legs", "points", "barrier", "assignment")) {
            assertThat(again.get(part)).as(part).isEqualTo(first.get(part)).isNotNull();
        }
        assertThat(first.get("assignment").get("dualityGap").doubleValue()).isBetween(0.0, 1e-9);
        assertThat(first.findValuesAsText("name")).contains("curve", "output", "reorder");
        JsonNode cell = JSON.readTree(Files.readString(run.resolve("cells/seed-1_seed-2/ot+wa.json")));
        assertThat(cell.get("worst")).isEqualTo(first.get("worst"));
        assertThat(folder.resolve("r/report.html")).isNotEmptyFile();
    }

    @Test
    void connectWithoutOutOnlyPrints() throws IOException {
        Path a = run.resolve("networks/seed-1.safetensors");
        Path b = run.resolve("networks/seed-2.safetensors");
        Map<String, String> before = RunFiles.hashes(run);
        Object[] data = {"--train-examples", "700", "--test-examples", "200", "--points", "5"};

        Cli.Outcome csv = Cli.run(joined(data, "connect", a, b, "--method", "arc", "--format", "csv"));
        Cli.Outcome table = Cli.run(joined(data, "connect", a, b, "--method", "arc"));

        assertThat(csv.out().lines().toList())
                .hasSize(6)
                .first()
                .isEqualTo("t,leg,trainLoss,trainAccuracy,testLoss,testAccuracy");
        assertThat(table.out()).contains("worst on curve", "barrier (worse end)");
        assertThat(csv.err()).isEmpty();
        assertThat(RunFiles.hashes(run)).isEqualTo(before);
    }

    @Test
    void inspectTellsWhereANetworkCameFrom() {
        Cli.Outcome outcome = Cli.run("inspect", run.resolve("networks/seed-1.safetensors"));

        assertThat(outcome.out())
                .contains(
                        "0.weight",
                        "[24, 784]",
                        "F32",
                        "architecture: linear(784,24) relu linear(24,10)",
                        "seed: 1",
                        "safetensors");
    }

    private static Object[] joined(Object[] last, Object... first) {
        return Stream.concat(Stream.of(first), Stream.of(last)).toArray();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
