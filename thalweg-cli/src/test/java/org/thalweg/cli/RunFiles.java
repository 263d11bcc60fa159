package org.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a run left in its folder. */
final class RunFiles {
    /** Times, and what shows them, differ from run to run; the lock is no result. */
    private static final List<String> NOT_PROMISED =
            List.of("timings.json", "report.html", ".lock", "cost.svg", "cost.png", "cost.csv");

    private RunFiles() {}

    /** Returns the hash of every file that byte equality is promised for, and of every file that should not be there. */
    static Map<String, String> hashes(Path root) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .filter(file -> !NOT_PROMISED.contains(file.getFileName().toString()))
                    .filter(file -> !file.toString().endsWith("command.json")) // says how many threads worked
                    .forEach(file -> hashes.put(root.relativize(file).toString(), hash(file)));
        }
        return hashes;
    }

    private static String hash(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
