package org.thalweg.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two runs compared figure by figure: networks by their bytes, cells by every value in them. Which program wrote a cell is no
 * figure.
 *
 * @param files what was found of each file of the first run, in order
 */
public record RunComparison(List<FileComparison> files) {
    private static final String PROGRAM = "/program";

    /**
     * What was found of one file.
     *
     * @param name the file, in its run
     * @param figures how many values were compared
     * @param different how many differ
     * @param example the first that differs, with both values, if one does
     */
    public record FileComparison(String name, int figures, int different, Optional<String> example) {}

    public RunComparison {
        files = List.copyOf(files);
    }

    /** Returns whether nothing differs. */
    public boolean isSame() {
        return files.stream().allMatch(file -> file.different() == 0);
    }

    /** Returns how many values were compared. */
    public int figures() {
        return files.stream().mapToInt(FileComparison::figures).sum();
    }

    /**
     * Compares a run with what it should have reproduced.
     *
     * @throws IOException if a file cannot be read or is malformed
     */
    public static RunComparison of(RunFolder saved, RunFolder again) throws IOException {
        List<FileComparison> files = new ArrayList<>();
        for (Path network : saved.networkFiles()) {
            files.add(bytes(saved, again, network));
        }
        for (Path cell : saved.cells()) {
            files.add(figures(saved, again, cell));
        }
        return new RunComparison(files);
    }

    private static FileComparison bytes(RunFolder saved, RunFolder again, Path file) throws IOException {
        Path relative = saved.root().relativize(file);
        Path other = again.root().resolve(relative);
        if (!Files.isRegularFile(other)) {
            return missing(relative);
        }
        long at = Files.mismatch(file, other);
        return new FileComparison(
                relative.toString(), 1, at < 0 ? 0 : 1, at < 0 ? Optional.empty() : Optional.of("byte " + at));
    }

    private static FileComparison missing(Path relative) {
        return new FileComparison(relative.toString(), 1, 1, Optional.of("it was not made again"));
    }

    private static FileComparison figures(RunFolder saved, RunFolder again, Path file) throws IOException {
        Path relative = saved.root().relativize(file);
        Path other = again.root().resolve(relative);
        if (!Files.isRegularFile(other)) {
            return missing(relative);
        }
        Map<String, String> then = values(Numbers.read(file));
        Map<String, String> now = values(Numbers.read(other));
        now.forEach((name, value) -> then.putIfAbsent(name, "nothing"));
        List<String> different = new ArrayList<>();
        then.forEach((name, value) -> {
            String found = now.getOrDefault(name, "nothing");
            if (!found.equals(value)) {
                different.add(name + " was " + value + " and is " + found);
            }
        });
        return new FileComparison(
                relative.toString(),
                then.size(),
                different.size(),
                different.stream().findFirst());
    }

    /** Returns every value by its place in the file, such as {@code /worst/trainLoss/value}. */
    private static Map<String, String> values(JsonNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        add("", json, values);
        values.remove(PROGRAM);
        return values;
    }

    private static void add(String place, JsonNode json, Map<String, String> values) {
        if (json.isObject()) {
            json.properties().forEach(entry -> add(place + "/" + entry.getKey(), entry.getValue(), values));
        } else if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                add(place + "/" + i, json.get(i), values);
            }
        } else {
            values.put(place, json.asText());
        }
    }
}
