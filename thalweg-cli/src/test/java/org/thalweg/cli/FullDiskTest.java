package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.thalweg.checkpoint.Checkpoint;

/** A network of these takes 76 kB, its training and a straight path 154 kB, an adjusted path 165 kB. */
class FullDiskTest {
    private static final List<Object> SMALL = List.of(
            "--network=mlp-24", "--epochs=2", "--train-examples=300", "--test-examples=50", "--threads=2", "--quiet");

    @TempDir
    static Path folder;

    private static Path whole;

    @BeforeAll
    static void runWithRoom() {
        whole = folder.resolve("whole");
        assertThat(Cli.run(panel(whole)).code()).isZero();
    }

    private static Object[] panel(Path out) {
        return with("panel", "--out", out, "--networks=3", "--methods=linear,linear+wa", "--points=3");
    }

    private static Object[] with(Object... args) {
        return Stream.concat(Stream.of(args), SMALL.stream()).toArray();
    }

    private static void assertStopped(Cli.Outcome outcome) {
        assertThat(outcome.err())
                .containsPattern("^thalweg: .*: cannot be written \\((No space left on device|File too large)\\)")
                .hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(5);
    }

    private static List<Path> filesThatAreWhole(Path root) throws IOException {
        List<Path> whole = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(file.toString()).doesNotEndWith(".part");
                if (file.toString().endsWith(".safetensors")) {
                    Checkpoint checkpoint = Checkpoint.open(file);
                    checkpoint.read(checkpoint.entries().keySet());
                }
                whole.add(root.relativize(file));
            }
        }
        return whole;
    }

    @Test
    void aPanelStopsWithASentenceAndGoesOnWhenThereIsRoom() throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("paths"));
        try (SmallDisk disk = SmallDisk.at(place, 800, 157)) {
            Path run = place.resolve("run");

            assertStopped(RealProgram.run(disk.limited(RealProgram.of(List.of(), panel(run)))));

            List<Path> kept = filesThatAreWhole(run);
            assertThat(kept).contains(Path.of("networks/seed-3.safetensors")).doesNotContain(Path.of("results.csv"));
            Map<Path, Object> before = modified(run, kept);
            disk.grow();
            assertThat(Cli.run(panel(run)).code()).isZero();
            assertThat(RunFiles.hashes(run)).isEqualTo(RunFiles.hashes(whole));
            before.keySet().removeIf(file -> file.endsWith("timings.json"));
            assertThat(modified(run, kept)).containsAllEntriesOf(before);
        }
    }

    private static Map<Path, Object> modified(Path run, List<Path> files) throws IOException {
        Map<Path, Object> times = new java.util.TreeMap<>();
        for (Path file : files) {
            if (file.startsWith("cells") || file.startsWith("networks")) {
                times.put(file, Files.getLastModifiedTime(run.resolve(file)));
            }
        }
        return times;
    }

    @Test
    void aTrainingStopsWithASentence() throws IOException, InterruptedException {
        Path place = Files.createDirectory(folder.resolve("networks"));
        try (SmallDisk disk = SmallDisk.at(place, 100, 100)) {
            Path run = place.resolve("run");
            Object[] train = with("train", "--out", run, "--seeds=1-3");

            assertStopped(RealProgram.run(disk.limited(RealProgram.of(List.of(), train))));

            assertThat(filesThatAreWhole(run)).containsExactly(Path.of(".lock"));
            disk.grow();
            assertThat(Cli.run(train).code()).isZero();
            assertThat(RunFiles.hashes(run.resolve("networks"))).isEqualTo(RunFiles.hashes(whole.resolve("networks")));
        }
    }

    @Test
    void aResultThatCannotBePrintedIsNotPassedOverInSilence() throws IOException, InterruptedException {
        ProcessBuilder methods = RealProgram.of(List.of(), "methods");

        Cli.Outcome full = RealProgram.run(RealProgram.inShell("", methods, "> /dev/full"));
        Cli.Outcome closed = RealProgram.run(RealProgram.inShell("", methods, ">&-"));

        assertThat(full.err()).isEqualTo("thalweg: standard output: cannot be written (No space left on device).\n");
        assertThat(full.code()).isEqualTo(5);
        assertThat(closed.code()).isEqualTo(5);
    }
}
