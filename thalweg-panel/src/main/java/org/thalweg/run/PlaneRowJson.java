package org.thalweg.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.result.Loss;
import org.thalweg.result.Measures;
import org.thalweg.result.PlaneProfile.Row;

/** Finished rows of a plane as files of its folder, {@code rows/NNN.json}: an interrupted plane goes on behind them. */
public final class PlaneRowJson {
    private PlaneRowJson() {}

    private static String name(int index) {
        return String.format(Locale.ROOT, "rows/%03d.json", index);
    }

    /** Writes row {@code index}. */
    public static void write(RunFolder folder, int index, Row row) throws IOException {
        ObjectNode json = Numbers.MAPPER.createObjectNode().put("y", row.y());
        ArrayNode points = json.putArray("points");
        row.measures().forEach(measures -> points.add(ResultJson.measures(measures)));
        row.norms().forEach(json.putArray("norms")::add);
        folder.write(name(index), Numbers.pretty(json));
    }

    /**
     * Returns row {@code index} if it is finished.
     *
     * @param loss which was measured
     * @throws CheckpointException if its file is malformed
     * @throws IOException if it cannot be read
     */
    public static Optional<Row> read(RunFolder folder, int index, Loss loss) throws IOException {
        Path file = folder.root().resolve(name(index));
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode json = Numbers.read(file);
        try {
            List<Measures> measures = new ArrayList<>();
            ResultJson.need(json, "points").forEach(point -> measures.add(ResultJson.measures(point, loss)));
            return Optional.of(new Row(ResultJson.number(json, "y"), measures, ResultJson.numbers(json, "norms")));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, "is no row of a plane: " + e.getMessage() + " Delete it.");
        }
    }
}
