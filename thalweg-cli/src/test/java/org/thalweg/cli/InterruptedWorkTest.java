package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills real processes, by their process ids, at seeded moments: when so many files have come, and a little later. More
 * kills: {@code mvn verify -pl thalweg-cli -am -Dtest=InterruptedWorkTest -Dthalweg.kills=100}.
 */
class InterruptedWorkTest {
    private static final int KILLS = Integer.getInteger("thalweg.kills", 3);
    private static final List<String> SIGNALS = List.of("KILL", "TERM", "INT");
    private static final List<Object> SMALL =
            List.of("--network=mlp-400", "--train-examples=400", "--test-examples=50", "--threads=2", "--quiet");

    @TempDir
    static Path folder;

    private static Map<String, String> whole;

    @BeforeAll
    static void runUninterrupted() throws IOException {
        Path run = folder.resolve("whole");
        assertThat(Cli.run(panel(run)).code()).isZero();
        whole = RunFiles.hashes(run);
    }

    private static Object[] panel(Path out) {
        return with(
                "panel",
                "--out",
                out,
                "--networks=2",
                "--epochs=4",
                "--methods=linear,ot+wa,garipov-3",
                "--curve-epochs=3",
                "--points=3",
                "--knots=3");
    }

    private static Object[] train(Path out) {
        return with("train", "--out", out, "--seeds=1-2", "--epochs=4");
    }

    private static Object[] learn(Path run) {
        return with(
                "learn",
                "--out",
                run.resolve("map.safetensors"),
                "--networks=4",
                "--epochs=2",
                "--kind=bijection",
                "--steps=24",
                "--rounds=8",
                "--layers=2",
                "--hidden=6",
                "--map-batch=16",
                "--judged=40");
    }

    private static Object[] endless(Path out) {
        return with("train", "--out", out, "--seeds=9", "--epochs=1000000");
    }

    private static Object[] with(Object... args) {
        return Stream.concat(Stream.of(args), SMALL.stream()).toArray();
    }

    private static Process start(Object... command) throws IOException {
        return RealProgram.of(List.of(), command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static long files(Path root) throws IOException {
        if (!Files.exists(root)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().matches(".*\\.(safetensors|json)"))
                    .count();
        } catch (UncheckedIOException e) {
            return files(root); // a file was moved meanwhile
        }
    }

    private static void awaitFiles(Process process, Path run, long count) throws IOException {
        while (process.isAlive() && files(run) < count) {
            Thread.onSpinWait();
        }
    }

    /** Starts a program and kills it when {@code more} files have come; returns whether it ended by itself before. */
    private static boolean endsBeforeKill(Path run, Object[] command, String signal, int more, long nanos)
            throws IOException, InterruptedException {
        long wanted = files(run) + more;
        Process process = start(command);
        awaitFiles(process, run, wanted);
        for (long end = System.nanoTime() + nanos; System.nanoTime() < end; ) {
            Thread.onSpinWait();
        }
        kill(process, signal);
        return process.waitFor() == 0;
    }

    /** Sends a signal; those that Java can send itself arrive at once, without a process of their own. */
    private static void kill(Process process, String signal) throws IOException, InterruptedException {
        switch (signal) {
            case "KILL" -> process.destroyForcibly();
            case "TERM" -> process.destroy();
            default -> send(process, signal);
        }
    }

    private static void send(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, "" + process.pid())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Returns how long to wait: half the time not at all, while a file that has just come may still be written. */
    private static long nanos(Random random) {
        return random.nextBoolean() ? 0 : random.nextLong(TimeUnit.MILLISECONDS.toNanos(40));
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(KILLS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aKilledPanelEndsWithTheBytesOfAnUninterruptedOne(long seed) throws IOException, InterruptedException {
        Path run = folder.resolve("panel-" + seed);
        Random random = new Random(seed);

        boolean ended = false;
        for (int kill = 0; kill < 2 && !ended; kill++) {
            String signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
            ended = endsBeforeKill(run, panel(run), signal, 1 + random.nextInt(12), nanos(random));
        }

        assertThat(Cli.run(panel(run)).code()).isZero();
        assertThat(RunFiles.hashes(run)).isEqualTo(whole);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aKilledTrainingEndsWithTheBytesOfAnUninterruptedOne(long seed) throws IOException, InterruptedException {
        Path run = folder.resolve("train-" + seed);
        Random random = new Random(-seed);

        endsBeforeKill(
                run, train(run), SIGNALS.get(random.nextInt(SIGNALS.size())), 1 + random.nextInt(4), nanos(random));

        assertThat(Cli.run(train(run)).code()).isZero();
        Map<String, String> networks = new TreeMap<>(whole);
        networks.keySet().removeIf(file -> !file.startsWith("networks"));
        assertThat(RunFiles.hashes(run)).isEqualTo(networks);
    }

    @Test
    void aKilledLearningEndsWithTheBytesOfAnUninterruptedOne() throws IOException, InterruptedException {
        Path uninterrupted = Files.createDirectory(folder.resolve("learn"));
        assertThat(Cli.run(learn(uninterrupted)).code()).isZero();
        Random random = new Random(7);

        for (int i = 1; i <= KILLS; i++) {
            Path run = Files.createDirectory(folder.resolve("learn-" + i));
            String signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
            endsBeforeKill(
                    run, learn(run), signal, 4 + random.nextInt(4), nanos(random)); // four networks, then the map

            assertThat(Cli.run(learn(run)).code()).isZero();
            assertThat(RunFiles.hashes(run)).isEqualTo(RunFiles.hashes(uninterrupted));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalGivesASentenceItsExitCodeAndNoHalfFile(String signal, int code)
            throws IOException, InterruptedException {
        Path run = folder.resolve("signal-" + signal);
        Path err = folder.resolve(signal + ".err");
        Process process = RealProgram.of(List.of(), endless(run))
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitFiles(process, run, 1);

        kill(process, signal);

        assertThat(process.waitFor(2, TimeUnit.MINUTES))
                .as("the program heeds the signal; a shell that starts tests in the background makes it ignore INT")
                .isTrue();
        assertThat(process.exitValue()).isEqualTo(code);
        assertThat(err)
                .content(StandardCharsets.UTF_8)
                .isEqualTo(
                        "thalweg: interrupted; what is finished is kept, and the same command goes on from there.\n");
        assertThat(RunFiles.hashes(run).keySet()).containsExactly("networks/seed-9.training.safetensors");
    }

    @Test
    void aSecondProgramIsKeptOutUntilTheFirstIsDead() throws IOException, InterruptedException {
        Path run = folder.resolve("two");
        Process first = start(endless(run));
        awaitFiles(first, run, 1);

        Cli.Outcome second = Cli.run(train(run));
        first.destroyForcibly().waitFor();
        Cli.Outcome third = Cli.run(train(run));

        assertThat(second.code()).isEqualTo(5);
        assertThat(second.err())
                .isEqualTo(
                        "thalweg: " + run + ": another program is working in this folder; wait until it has ended, or"
                                + " choose another --out.\n");
        assertThat(third.code()).isZero();
    }
}
