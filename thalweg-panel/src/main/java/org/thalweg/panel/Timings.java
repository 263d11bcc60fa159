package org.thalweg.panel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.thalweg.run.Numbers;
import org.thalweg.run.RunFolder;
import org.thalweg.run.Seconds;

/** The file of wall times of a run's cells, by {@code pair/method}: kept apart from results, which are equal on every machine. */
final class Timings {
    private static final String FILE = "timings.json";

    private Timings() {}

    static Map<String, Seconds> read(RunFolder folder) throws IOException {
        Map<String, Seconds> timings = new TreeMap<>();
        Path file = folder.root().resolve(FILE);
        if (Files.exists(file)) {
            for (Map.Entry<String, JsonNode> entry : Numbers.read(file).properties()) {
                JsonNode value = entry.getValue();
                timings.put(
                        entry.getKey(),
                        new Seconds(
                                value.path("connect").asDouble(),
                                value.path("evaluate").asDouble()));
            }
        }
        return timings;
    }

    static void write(RunFolder folder, Map<String, Seconds> timings) throws IOException {
        ObjectNode json = Numbers.MAPPER.createObjectNode();
        timings.forEach((key, seconds) ->
                json.putObject(key).put("connect", seconds.connect()).put("evaluate", seconds.evaluate()));
        folder.write(FILE, Numbers.pretty(json));
    }

    /** Returns connecting and evaluating together. */
    static Map<String, Double> totals(Map<String, Seconds> timings) {
        Map<String, Double> totals = new TreeMap<>();
        timings.forEach((key, seconds) -> totals.put(key, seconds.connect() + seconds.evaluate()));
        return totals;
    }
}
