package org.thalweg.checkpoint.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.checkpoint.format.FormatException;
import org.thalweg.checkpoint.format.Fuzz;
import org.thalweg.checkpoint.format.Mutation;

/** A fixed number of damaged files per build; {@code -Dthalweg.fuzz=100000} tries more. */
class PyTorchFuzzTest {
    private static final int RUNS = Integer.getInteger("thalweg.fuzz", 120);

    @TempDir
    Path folder = Path.of("unset");

    private static byte[] fixture(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PyTorchFuzzTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    private void assertReadsOrRefuses(byte[] whole, String name, Wrapping wrapping) throws IOException {
        int refused = 0;
        Path file = folder.resolve("damaged.pt");
        for (int seed = 0; seed < RUNS; seed++) {
            wrapping.write(new Mutation(seed).of(whole), file);
            if (Fuzz.isRefused(name + ", seed " + seed, () -> {
                PyTorchArchive archive = PyTorchArchive.open(file);
                archive.read(archive.entries().keySet());
            })) {
                refused++;
            }
        }
        assertThat(refused).as("damage is noticed").isGreaterThan(RUNS / 2);
    }

    private interface Wrapping {
        void write(byte[] damaged, Path file) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp.zip.pt", "mlp.legacy.pt", "views.pt"})
    void readsOrRefusesDamagedFiles(String name) throws IOException {
        assertReadsOrRefuses(fixture(name), name, (damaged, file) -> Files.write(file, damaged));
    }

    /** Java opens this zip, and fails when it lists the members. */
    @Test
    void aMemberWhoseNameIsNotUtf8IsRefused() throws IOException {
        Path file = folder.resolve("name.pt");
        Files.write(file, new Mutation(2953).of(fixture("mlp.zip.pt")));

        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> PyTorchArchive.open(file))
                .withMessage("has a member whose name is not UTF-8; it is damaged.");
    }

    /** Check sums would catch damage before the pickle is looked at, so here they are right. */
    @ParameterizedTest
    @ValueSource(strings = {"mlp.mode-connectivity.pt", "views.pt", "whole_module.pt", "batch-norm.pt"})
    void readsOrRefusesDamagedPicklesInSoundZips(String name) throws IOException {
        Path original = Files.write(folder.resolve("original.pt"), fixture(name));
        Archive others = new Archive();
        byte[] pickle = new byte[0];
        try (ZipFile zip = new ZipFile(original.toFile())) {
            for (ZipEntry member : zip.stream().map(ZipEntry.class::cast).toList()) {
                byte[] content = zip.getInputStream(member).readAllBytes();
                if (member.getName().endsWith("data.pkl")) {
                    pickle = content;
                }
                others.with(member.getName(), content);
            }
        }
        String stem = name.substring(0, name.length() - ".pt".length());

        assertReadsOrRefuses(
                pickle,
                name,
                (damaged, file) -> Files.move(
                        others.with(stem + "/data.pkl", damaged).write(folder),
                        file,
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void readsOrRefusesInstructionsAtRandom(long seed) {
        java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
        String codes = "(t)\u0085\u0086\u0087]}aesuN\u0088\u0089JKM\u008aGXUqrhjcRbQ.\u0080\u0081";
        int refused = 0;
        for (int run = 0; run < RUNS; run++) {
            byte[] program = new byte[1 + random.nextInt(60)];
            for (int i = 0; i < program.length; i++) {
                program[i] = (byte)
                        (random.nextInt(3) > 0 ? codes.charAt(random.nextInt(codes.length())) : random.nextInt(8));
            }
            if (Fuzz.isRefused(
                    "program " + run + " of seed " + seed,
                    () -> Unpickler.read(new PickleInput(new ByteArrayInputStream(program)))
                            .all())) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(RUNS / 2);
    }
}
