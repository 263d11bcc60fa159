package org.thalweg.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unpacks the archive as a user would, and starts it with a Java runtime and nothing of the build. */
class ArchiveIT {
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final Path ARCHIVE = Path.of(System.getProperty("thalweg.archive"));

    @TempDir
    static Path folder = Path.of("unset");

    private static Path home = Path.of("unset");

    @BeforeAll
    static void unpack() throws IOException {
        String name = ARCHIVE.getFileName().toString().replace(".zip", "");
        home = folder.resolve("with a space").resolve(name);
        try (FileSystem zip = FileSystems.newFileSystem(ARCHIVE, Map.of("enablePosixFileAttributes", !WINDOWS));
                Stream<Path> entries = Files.walk(zip.getPath(name))) {
            for (Path entry : (Iterable<Path>) entries::iterator) {
                Path file = home.resolveSibling(entry.toString());
                Files.createDirectories(file.getParent());
                Files.copy(entry, file);
                if (!WINDOWS) {
                    Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(entry));
                }
            }
        }
    }

    /** What a command left behind. */
    private record Outcome(int code, String text) {}

    private static Outcome run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(home.resolve(WINDOWS ? "thalweg.cmd" : "thalweg").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Outcome(code, Files.readString(output, UTF_8));
    }

    private static Outcome run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of("JAVA_HOME", System.getProperty("java.home")), arguments);
    }

    @Test
    void holdsLaunchersLicencesAndDocumentation() {
        assertThat(Stream.of(
                                "thalweg",
                                "thalweg.cmd",
                                "LICENSE",
                                "NOTICE",
                                "README.md",
                                "SECURITY.md",
                                "docs/install.md",
                                "licenses/MPL-2.0.txt")
                        .map(home::resolve))
                .allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    @Test
    void everyJarOfAnotherProjectIsNamedInTheNotice() throws IOException {
        String notice = Files.readString(home.resolve("NOTICE")).toLowerCase(Locale.ROOT);
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString())
                            .filter(name -> name.endsWith(".jar") && !name.startsWith("thalweg-"))
                            .map(name -> name.replaceFirst("-.*", "")))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(project -> assertThat(notice).contains(project));
        }
    }

    @Test
    void startsWithAJavaRuntimeAlone() throws Exception {
        Outcome outcome = run("--version");

        assertThat(outcome.text()).startsWith("thalweg ").hasLineCount(1);
        assertThat(outcome.code()).isZero();
    }

    @Test
    void findsItsNativeLibraries() throws Exception {
        Path run = folder.resolve("run");

        Outcome outcome = run(
                "train",
                "--network=mlp-4",
                "--epochs=1",
                "--train-examples=100",
                "--test-examples=50",
                "--seeds=1",
                "--quiet",
                "--out=" + run);

        assertThat(outcome.code()).as(outcome.text()).isZero();
        assertThat(run.resolve("networks/seed-1.safetensors")).isNotEmptyFile();
    }

    @Test
    void saysWhatIsMissingWithoutAJavaRuntime() throws Exception {
        Outcome outcome = run(Map.of("JAVA_HOME", folder.resolve("nowhere").toString()), "--version");

        assertThat(outcome.text())
                .contains("no Java runtime at")
                .contains("nowhere")
                .hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(2);
    }
}
