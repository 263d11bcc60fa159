package org.thalweg.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.thalweg.checkpoint.format.Fuzz;
import org.thalweg.checkpoint.format.Mutation;

/** Damages a downloaded archive, packed and below the packing; {@code -Dthalweg.fuzz=100000000} goes on for hours. */
class ArchiveFuzzTest {
    private static final int RUNS = Integer.getInteger("thalweg.fuzz", 200);

    private static final PublicFile FILE =
            new PublicFile("set.tar.gz", List.of(new PublicFile.Member("batch.bin", 700, Optional.empty())));

    @TempDir
    Path folder = Path.of("unset");

    private static byte[] tar(String name, int bytes) {
        byte[] tar = new byte[512 + (bytes + 511) / 512 * 512 + 1024];
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, tar, 0, name.length());
        byte[] length = "%011o".formatted(bytes).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(length, 0, tar, 124, length.length);
        for (int i = 0; i < bytes; i++) {
            tar[512 + i] = (byte) (i * 31);
        }
        return tar;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private interface Damage {
        byte[] of(int seed) throws IOException;
    }

    /** What is read must hold the members whole, or the archive is refused; nothing is written elsewhere. */
    private void assertUnpacksOrRefuses(byte[] whole, Damage damage) throws IOException {
        Path archive = folder.resolve("set.tar.gz");
        Path target = Files.createDirectory(folder.resolve("target"));
        Fuzz.Reading reading = () -> {
            Content.ofMembers(archive, FILE);
            Content.unpack(archive, FILE, target);
        };
        int refused = 0;
        for (int seed = 0; seed < RUNS; seed++) {
            Files.write(archive, damage.of(seed));
            refused += Fuzz.isRefused("seed " + seed, reading) ? 1 : 0;
        }
        assertThat(refused).as("damage is noticed").isPositive();
        Files.write(archive, whole);
        assertThat(Fuzz.isRefused("whole", reading)).isFalse();
        try (Stream<Path> written = Files.list(target)) {
            assertThat(written).containsExactly(target.resolve("batch.bin"));
        }
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactlyInAnyOrder(archive, target);
        }
    }

    @Test
    void unpacksOrRefusesDamagedArchives() throws IOException {
        byte[] whole = gzip(tar("set/batch.bin", 700));

        assertUnpacksOrRefuses(whole, seed -> new Mutation(seed).of(whole));
    }

    @Test
    void unpacksOrRefusesArchivesOfDamagedContent() throws IOException {
        byte[] tar = tar("set/batch.bin", 700);

        assertUnpacksOrRefuses(gzip(tar), seed -> gzip(new Mutation(seed).of(tar)));
    }
}
