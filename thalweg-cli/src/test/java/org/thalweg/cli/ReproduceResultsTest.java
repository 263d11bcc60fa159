package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of every command that saves some, made again and compared. */
class ReproduceResultsTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static final List<String> DATA = List.of("--train-examples=120", "--test-examples=40", "--quiet");
    private static final List<String> TINY = List.of("--network=mlp-6", "--epochs=1");

    private static Path networks;

    @BeforeAll
    static void trainNetworks() {
        networks = shared.resolve("run/networks");
        List<Object> more = new ArrayList<>(TINY);
        more.add("--seeds=1-3");
        more.add("--out=" + shared.resolve("run"));
        assertThat(run("train", more.toArray()).code()).isZero();
    }

    private static Cli.Outcome run(String command, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(DATA);
        return Cli.run(all.toArray());
    }

    private static Path network(int seed) {
        return networks.resolve("seed-" + seed + ".safetensors");
    }

    private static String endpoints() {
        return "--endpoints=" + network(1) + "," + network(2) + "," + network(3);
    }

    private static void assertReproduced(Path result, String... lines) {
        Cli.Outcome outcome = Cli.run("reproduce", result);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).contains(lines).contains("The result was reproduced: ");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void networksOfTrain() {
        assertReproduced(shared.resolve("run"), "networks/seed-3.safetensors: same, 1 file");
    }

    @Test
    void bothCommandsThatMadeAFolder() {
        Path run = folder.resolve("run");
        run("train", TINY.get(0), TINY.get(1), "--seeds=1-3", "--out=" + run);
        run("panel", TINY.get(0), TINY.get(1), "--networks=2", "--methods=linear", "--points=2", "--out=" + run);

        assertReproduced(run, "networks/seed-3.safetensors: same, 1 file", "cells/seed-1_seed-2/linear.json: same, ");
    }

    @Test
    void pathReportAndCurveOfConnect() {
        Path path = folder.resolve("path.safetensors");
        Path report = folder.resolve("report");
        Path curve = folder.resolve("curve.npz");
        run("connect", network(1), network(2), "--out=" + path, "--report", report, "--npz", curve, "--threads=2");

        assertReproduced(path, "path.safetensors: same, 1 file");
        assertReproduced(report, "figures/path.csv: same, ", "figures/barrier.csv: same, ");
        assertReproduced(curve, "curve.npz: same, 1 file");
        assertThat(folder.resolve("path-again")).isDirectoryContaining("glob:**path.safetensors*");
        assertThat(folder.resolve("path-again/report")).doesNotExist();
    }

    @Test
    void curveOfEvaluate() {
        Path path = folder.resolve("path.safetensors");
        Path curve = folder.resolve("curve.npz");
        run("connect", network(1), network(2), "--method=arc", "--out=" + path);
        run("evaluate", path, "--points=5", "--npz=" + curve);

        assertReproduced(curve, "curve.npz: same, 1 file");
    }

    @Test
    void mergedNetworkAndItsCard() {
        Path merged = folder.resolve("merged.pt");
        run("merge", network(1), network(2), "--points=3", "--out=" + merged);

        assertReproduced(merged, "merged.pt: same, 1 file", "merged.md: same, ");
    }

    @Test
    void ensembles() {
        Path run = folder.resolve("ensembles");
        run("ensemble", endpoints(), "--out=" + run);

        assertReproduced(run, "ensembles/wa-1.safetensors: same, 1 file", "results.csv: same, ");
    }

    @Test
    void rowsOfAPlane() {
        Path plane = folder.resolve("plane");
        run("plane", network(1), network(2), network(3), "--grid=3", "--out=" + plane);

        assertReproduced(plane, "plane.npz: same, 1 file", "rows/000.json: same, ");
    }

    @Test
    void learnedMapItsCurvesAndItsNetworks() {
        Path map = folder.resolve("map.safetensors");
        run(
                "learn",
                "--networks=4",
                TINY.get(0),
                TINY.get(1),
                "--layers=1",
                "--hidden=4",
                "--steps=2",
                "--neurons=3",
                "--judged=20",
                "--out=" + map);

        assertReproduced(
                map,
                "map.safetensors: same, 1 file",
                "map.csv: same, ",
                "map.networks/seed-4.safetensors: same, 1 file");
    }

    @Test
    void predictions() {
        Path table = folder.resolve("predictions.csv");
        Path unnamed = folder.resolve("predictions");
        run("predict", network(1), "--out=" + table);
        run("predict", network(1), "--split=train", "--out=" + unnamed);

        assertReproduced(table, "predictions.csv: same, 533 figures"); // 40 examples and a header, 13 columns
        assertReproduced(unnamed, "predictions: same, 1 file");
    }

    @Test
    void exportedPointOfAPath() throws IOException {
        Path path = folder.resolve("path.safetensors");
        Path point = folder.resolve("point.pt");
        run("connect", network(1), network(2), "--method=arc", "--out=" + path);
        Cli.run("export", path, "--t=0.25", "--quiet", "--out=" + point);

        assertReproduced(point, "point.pt: same, 1 file");

        Files.write(point, new byte[] {0});
        Cli.Outcome outcome = Cli.run("reproduce", point);
        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.out()).contains("point.pt: 1 of 1 differ, such as byte 0");
    }

    @Test
    void resultThatDiffersIsNamedByFile() throws IOException {
        Path path = folder.resolve("path.safetensors");
        run("connect", network(1), network(2), "--method=arc", "--out=" + path);
        Files.copy(network(1), path, StandardCopyOption.REPLACE_EXISTING);

        Cli.Outcome outcome = Cli.run("reproduce", path);

        assertThat(outcome.code()).isEqualTo(4);
        assertThat(outcome.out()).contains("path.safetensors: 1 of 1 differ, such as byte ", "NOT reproduced");
    }

    @Test
    void inputThatHasChangedIsToldBeforeAnythingRuns() throws IOException {
        Path mine = Files.copy(network(1), folder.resolve("mine.safetensors"));
        Path path = folder.resolve("path.safetensors");
        run("connect", mine, network(2), "--method=arc", "--out=" + path);
        Files.copy(network(3), mine, StandardCopyOption.REPLACE_EXISTING);

        Cli.Outcome outcome = Cli.run("reproduce", path);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains(mine + " has hash ", "when the result was made");
        assertThat(folder.resolve("path-again")).doesNotExist();
    }

    @Test
    void dataThatHaveChangedAreToldBeforeAnythingRuns() throws IOException {
        Path path = folder.resolve("path.safetensors");
        run("connect", network(1), network(2), "--method=arc", "--out=" + path);
        Path record = folder.resolve("path.safetensors.command.json");
        Files.writeString(record, Files.readString(record).replace("--train-examples=120", "--train-examples=121"));

        Cli.Outcome outcome = Cli.run("reproduce", path);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("data set glyphs has hash ");
    }

    @Test
    void pathOfARunIsToldToNameTheRun() {
        Cli.Outcome outcome = Cli.run("reproduce", network(1));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("no seed-1.safetensors.command.json beside it", "the run's folder");
    }

    @Test
    void theResultItselfIsNotWrittenOver() {
        Path path = folder.resolve("path.safetensors");
        run("connect", network(1), network(2), "--method=arc", "--out=" + path);

        Cli.Outcome outcome = Cli.run("reproduce", path, "--out=" + folder);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("choose another folder");
    }
}
