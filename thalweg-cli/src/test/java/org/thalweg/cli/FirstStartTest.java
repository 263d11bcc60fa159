package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a machine that has a libtorch of its own: natives not extracted yet, another one to be found. */
class FirstStartTest {
    @TempDir
    Path folder;

    private Cli.Outcome firstStart(String searched) throws IOException, InterruptedException {
        ProcessBuilder program = RealProgram.of(
                List.of(
                        "-Dorg.bytedeco.javacpp.cachedir=" + folder.resolve("cache"),
                        "-Djava.library.path=" + searched),
                "train",
                "--out",
                folder.resolve("run"),
                "--seeds=1",
                "--network=mlp-2",
                "--epochs=1",
                "--train-examples=10",
                "--test-examples=10");
        program.environment().put("LD_LIBRARY_PATH", searched);
        program.directory(folder.toFile()); // where a crash leaves its report
        return RealProgram.run(program);
    }

    /** JavaCPP links to libraries elsewhere, of which JUnit warns when it removes a folder. */
    @AfterEach
    void removeLinks() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path link : files.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }

    private void assertTrained(Cli.Outcome outcome) {
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(folder.resolve("run/networks/seed-1.safetensors")).exists();
    }

    @Test
    void isNotLedAstrayByFilesOfTheSameNames() throws IOException, InterruptedException {
        Path other = Files.createDirectory(folder.resolve("other"));
        for (String library : List.of("c10", "torch_cpu", "torch", "torch_global_deps")) {
            Files.writeString(other.resolve(System.mapLibraryName(library)), "no library");
        }

        assertTrained(firstStart(other.toString()));
    }

    /** Needs Debian's {@code python3-torch}, or another libtorch in the system's folder. */
    @Test
    @Tag("peers")
    void worksBesideALibtorchOfTheSystem() throws IOException, InterruptedException {
        Path system;
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            system = folders.filter(candidate -> Files.exists(candidate.resolve("libtorch_cpu.so")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no libtorch in the system's folder; install python3-torch"));
        }

        assertTrained(firstStart(system.toString()));
    }
}
