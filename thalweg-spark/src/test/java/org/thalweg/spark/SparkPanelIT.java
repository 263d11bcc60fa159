package org.thalweg.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Panels on a real cluster of two workers. */
class SparkPanelIT {
    private static final List<String> PANEL = List.of(
            "panel --train-examples 700 --test-examples 200 --points 5 --knots 4 --methods linear,ot,ot+wa --quiet"
                    .split(" ", -1));
    private static final String[] TRAINING =
            "--network mlp-24 --networks 6 --epochs 2 --learning-rate 0.05".split(" ", -1);
    private static final int CELLS = 3 * 15;

    @TempDir
    static Path folder = Path.of("unset");

    private static StandaloneCluster cluster;
    private static Map<String, String> local = Map.of();

    @BeforeAll
    static void startClusterAndRunLocally() throws Exception {
        cluster = new StandaloneCluster(folder);
        Outcome outcome = Outcome.of(StandaloneCluster.program(folder, arguments("local")));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        local = contents(folder.resolve("local"));
        assertThat(local).hasSize(6 + 2 * CELLS + 3);
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    private record Outcome(int code, String out, String err) {
        static Outcome of(ProcessBuilder program) throws IOException, InterruptedException {
            Path err = Files.createTempFile(folder, "program", ".err");
            Process process = program.redirectError(err.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), out, Files.readString(err));
        }
    }

    private static List<String> arguments(String out, String... more) {
        return with(with(with(PANEL, TRAINING), "--out", out), more);
    }

    private static ProcessBuilder onSpark(String out) {
        return StandaloneCluster.program(folder, arguments(out, "--spark", cluster.master()));
    }

    /** Returns the bytes of every file that byte equality is promised for. */
    private static Map<String, String> contents(Path run) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String part : List.of("networks", "paths", "cells", "results.csv", "results.json", "summary.md")) {
            try (Stream<Path> files = Files.walk(run.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    contents.put(
                            run.relativize(file).toString(),
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }

    @Test
    void clusterGivesTheBytesOfThisMachineAndTheTableOnly() throws Exception {
        Outcome outcome = Outcome.of(onSpark("spark"));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("method").contains("Report: spark");
        assertThat(contents(folder.resolve("spark"))).isEqualTo(local);
        assertThat(Files.readString(folder.resolve("spark/timings.json"))).contains("seed-5_seed-6/ot+wa");
    }

    /** A new worker takes its place, so that the other tests find two. */
    @Test
    void panelCompletesWithEqualBytesWhenAWorkerIsKilled() throws Exception {
        Path run = folder.resolve("killed");
        Path err = folder.resolve("killed.err");
        Process program = onSpark("killed")
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        StandaloneCluster.eventually(() -> cells(run) >= 3 ? Optional.of(run) : Optional.empty());
        int before = cells(run);
        cluster.kill(1);

        assertThat(program.waitFor()).as(Files.readString(err)).isZero();

        assertThat(before).isLessThan(CELLS);
        assertThat(Files.readString(err)).startsWith("thalweg: Spark: Lost executor");
        assertThat(contents(run)).isEqualTo(local);
    }

    private static int cells(Path run) throws IOException {
        Path cells = run.resolve("cells");
        if (!Files.isDirectory(cells)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(cells)) {
            return (int) files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    /** Driver and executors read the end points from a file system of Hadoop's; each has its settings in its own way. */
    @Test
    void networksOnAnotherFileSystemAreReadThere() throws Exception {
        String mount = "fs.viewfs.mounttable.test.link./nets";
        Path nets = folder.resolve("local/networks");
        Path settings = Files.createDirectories(folder.resolve("hadoop"));
        Files.writeString(
                settings.resolve("core-site.xml"),
                "<configuration><property><name>" + mount + "</name><value>" + nets.toUri()
                        + "</value></property></configuration>");
        ProcessBuilder program = StandaloneCluster.program(
                folder,
                with(
                        PANEL,
                        "--out",
                        "remote",
                        "--endpoints",
                        "viewfs://test/nets/seed-1.safetensors,viewfs://test/nets/seed-2.safetensors",
                        "--spark",
                        cluster.master(),
                        "--spark-conf",
                        "spark.hadoop." + mount + "=" + nets.toUri()));
        program.environment().put("HADOOP_CONF_DIR", settings.toString());

        Outcome outcome = Outcome.of(program);

        assertThat(outcome.code()).as(outcome.err()).isZero();
        for (String path : List.of("paths/seed-1_seed-2/ot+wa.safetensors", "paths/seed-1_seed-2/linear.safetensors")) {
            assertThat(folder.resolve("remote").resolve(path))
                    .hasSameBinaryContentAs(folder.resolve("local").resolve(path));
        }
    }

    /** Cells are computed by the driver, what they sum by the workers. */
    @Test
    void dividedTrainingExamplesGiveACompleteTable() throws Exception {
        List<String> arguments = arguments(
                "divided",
                "--spark",
                cluster.master(),
                "--partition-data",
                "2",
                "--pairs",
                "1-2,3-4",
                "--lambda",
                "held-out");
        arguments.set(arguments.indexOf("linear,ot,ot+wa"), "linear,ot+wa,ot+ca");

        Outcome outcome = Outcome.of(StandaloneCluster.program(folder, arguments));

        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(cells(folder.resolve("divided"))).isEqualTo(3 * 2);
        assertThat(folder.resolve("divided/cells/seed-3_seed-4/ot+ca.json")).exists();
        assertThat(folder.resolve("divided/paths/seed-1_seed-2/linear.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("local/paths/seed-1_seed-2/linear.safetensors"));
    }

    /** A description names its table by where it lies; executors read both. */
    @Test
    void regressionGivesTheBytesOfThisMachine() throws Exception {
        StringBuilder table = new StringBuilder("x,y,z\n");
        for (int i = 0; i < 60; i++) {
            table.append(i % 7)
                    .append(',')
                    .append(i % 11)
                    .append(',')
                    .append(i % 7 * (i % 11) - i % 5)
                    .append('\n');
        }
        Files.writeString(folder.resolve("table.csv"), table);
        Files.writeString(
                folder.resolve("table.yaml"),
                "task: regression\ntrain: table.csv\ntest: {every: 5}\nstandardise: true\nstandardise-targets: true\n");
        List<String> panel = List.of(
                "panel --network mlp-6-5 --networks 3 --epochs 3 --batch 8 --data table.yaml --points 3 --knots 3 --quiet --methods"
                        .concat(" linear,ot+butterfly,ot+wa,ot+ca --out")
                        .split(" ", -1));

        Outcome here = Outcome.of(StandaloneCluster.program(folder, with(panel, "table-local")));
        Outcome there =
                Outcome.of(StandaloneCluster.program(folder, with(panel, "table-spark", "--spark", cluster.master())));

        assertThat(here.code()).as(here.err()).isZero();
        assertThat(there.code()).as(there.err()).isZero();
        assertThat(there.out()).contains("loss (train / test)").doesNotContain("accuracy");
        assertThat(contents(folder.resolve("table-spark"))).isEqualTo(contents(folder.resolve("table-local")));
    }

    private static List<String> with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    /** The name leads the driver to its own folder and an executor to another. */
    @Test
    void folderThatWorkersCannotSeeIsOneSentence() throws Exception {
        Outcome outcome = Outcome.of(onSpark("/proc/self/cwd/unseen"));

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .isEqualTo(
                        "thalweg: worker 127.0.0.1: /proc/self/cwd/unseen is not the run's folder here (it has no run.json);"
                                + " put it on a file system that all machines mount in one place.\n");
    }
}
