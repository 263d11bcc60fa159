package org.thalweg.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.thalweg.checkpoint.AtomicFile;

/** Hashes recorded when a set was first downloaded, in a file beside it: {@code SHA-256  name} per line. */
final class RecordedSums {
    private static final String FILE = "thalweg.sha256";
    private static final int MOST_BYTES = 1 << 16;

    private RecordedSums() {}

    static Map<String, String> read(Path folder) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                text.lines()
                        .filter(line -> line.matches("[0-9a-f]{64}  .+"))
                        .forEach(line -> sums.put(line.substring(66), line.substring(0, 64)));
            }
        }
        return sums;
    }

    static void write(Path folder, Map<String, String> sums) throws IOException {
        String text = sums.entrySet().stream()
                .map(sum -> sum.getValue() + "  " + sum.getKey() + "\n")
                .collect(Collectors.joining());
        AtomicFile.write(folder.resolve(FILE), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
