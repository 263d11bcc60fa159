package org.thalweg.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was found of one file: results and tables by every value in them, weights and all else by their bytes. Which program wrote a result
 * is no figure.
 *
 * @param name the file, in its result
 * @param figures how many values were compared
 * @param different how many differ
 * @param example the first that differs, with both values, if one does
 */
public record FileComparison(String name, int figures, int different, Optional<String> example) {
    private static final String PROGRAM = "/program";
    private static final String VERSION = "thalweg \\d+\\.\\d+\\.\\d+";
    private static final String NOTHING = "nothing";

    private static final List<String> WEIGHTS = List.of(".safetensors", ".pt", ".pth", ".npz");
    private static final List<String> TABLES = List.of(".csv", ".md");
    private static final String RESULTS = ".json";

    /** Times, and what shows them. */
    private static final Set<String> TIMES = Set.of("timings.json", "cost.csv");

    /** Returns whether a file holds figures: pictures are drawn from other files, times and command lines may differ. */
    static boolean holdsFigures(Path file) {
        String name = String.valueOf(file.getFileName());
        return !TIMES.contains(name)
                && !name.endsWith("command.json")
                && !isOfTraining(file)
                && (ends(name, WEIGHTS) || ends(name, TABLES) || name.endsWith(RESULTS));
    }

    /** Returns whether a file is of an unfinished training. */
    private static boolean isOfTraining(Path file) {
        for (Path part : file) {
            String name = part.toString();
            if (name.equals("training") || name.endsWith(".training") || name.endsWith(".training.safetensors")) {
                return true;
            }
        }
        return false;
    }

    private static boolean ends(String name, List<String> suffixes) {
        return suffixes.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith);
    }

    static FileComparison of(Path name, Path saved, Path again) throws IOException {
        if (!Files.isRegularFile(again)) {
            return new FileComparison(name.toString(), 1, 1, Optional.of("it was not made again"));
        }
        if (!Files.isRegularFile(saved)) {
            return new FileComparison(name.toString(), 1, 1, Optional.of("it is not there any more"));
        }
        return ends(name.toString(), TABLES) || name.toString().endsWith(RESULTS)
                ? values(name, values(saved), values(again))
                : bytes(name, saved, again);
    }

    private static FileComparison bytes(Path name, Path saved, Path again) throws IOException {
        long at = Files.mismatch(saved, again);
        return new FileComparison(
                name.toString(), 1, at < 0 ? 0 : 1, at < 0 ? Optional.empty() : Optional.of("byte " + at));
    }

    private static FileComparison values(Path name, Map<String, String> then, Map<String, String> now) {
        now.forEach((place, value) -> then.putIfAbsent(place, NOTHING));
        List<String> different = new ArrayList<>();
        then.forEach((place, value) -> {
            String found = now.getOrDefault(place, NOTHING);
            if (!found.equals(value)) {
                different.add(place + " was " + value + " and is " + found);
            }
        });
        return new FileComparison(
                name.toString(),
                then.size(),
                different.size(),
                different.stream().findFirst());
    }

    /** Returns every value by its place in the file, such as {@code /worst/trainLoss/value} or {@code line 3, value 2}. */
    private static Map<String, String> values(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        if (file.toString().endsWith(RESULTS)) {
            add("", Numbers.read(file), values);
            values.remove(PROGRAM);
        } else {
            addLines(Files.readAllLines(file), file.toString().endsWith(".csv") ? "," : "\\|", values);
        }
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

    /** A separator inside quotes splits a value too, in both files alike. */
    private static void addLines(List<String> lines, String separator, Map<String, String> values) {
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).replaceAll(VERSION, "").split(separator, -1);
            for (int j = 0; j < parts.length; j++) {
                values.put("line " + (i + 1) + ", value " + (j + 1), parts[j].strip());
            }
        }
    }
}
