package org.thalweg.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.thalweg.checkpoint.format.Json;

/** Files that PyTorch 1.13 wrote, and what it says is in them ({@code expected.json}). */
final class Fixtures {
    private Fixtures() {}

    static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(Fixtures.class.getResource("pytorch/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the arrays under these keys of {@code expected.json}, flattened in row-major order. */
    static double[] expected(String... keys) {
        return expectedIn("expected.json", keys);
    }

    /** Returns the arrays under these keys of a JSON file, flattened in row-major order. */
    @SuppressWarnings("unchecked") // Json makes maps of strings only
    static double[] expectedIn(String file, String... keys) {
        try {
            Object value = Json.parse(Files.readAllBytes(file(file)));
            for (String key : keys) {
                value = Objects.requireNonNull(((Map<String, Object>) value).get(key), key);
            }
            List<Double> flat = new ArrayList<>();
            flatten(value, flat);
            return flat.stream().mapToDouble(Double::doubleValue).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Json.JsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void flatten(Object value, List<Double> flat) {
        if (value instanceof List<?> list) {
            list.forEach(item -> flatten(item, flat));
        } else {
            flat.add(((Number) value).doubleValue());
        }
    }
}
