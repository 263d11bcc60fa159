package org.thalweg.panel;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.checkpoint.MissingFileException;
import org.thalweg.result.PredictionScore;
import org.thalweg.run.DataFacts;
import org.thalweg.run.Numbers;
import org.thalweg.run.RunFolder;

/**
 * Ensembles as their run folder has them, finished or not: nothing is computed again.
 *
 * @param table what was measured
 * @param settings of the run, by name
 * @param learning what the networks tell of their training, by their names
 */
public record StoredEnsembles(EnsembleTable table, Map<String, String> settings, Map<String, LearningCurve> learning) {
    private static final String RESULTS = "results.json";
    private static final String TIMINGS = "timings.json";

    /** Returns whether the folder is that of a study of ensembles. */
    public static boolean areIn(RunFolder folder) throws IOException {
        return Files.isRegularFile(folder.root().resolve("run.json"))
                && folder.settings().containsKey(EnsembleSettings.HEADS);
    }

    /**
     * Reads a run folder.
     *
     * @throws MissingFileException if nothing was measured yet
     * @throws CheckpointException if a file in it is malformed
     * @throws IOException if it cannot be read
     */
    public static StoredEnsembles read(RunFolder folder) throws IOException {
        Path file = folder.root().resolve(RESULTS);
        if (!Files.exists(file)) {
            throw new MissingFileException(
                    folder.root() + ": no ensemble of this run is measured; run its ensemble first.");
        }
        JsonNode json = Numbers.read(file);
        List<EnsembleRow> rows = new ArrayList<>();
        for (JsonNode row : json.path("rows")) {
            rows.add(row(file, row));
        }
        JsonNode data = json.path("data");
        DataFacts facts = new DataFacts(text(file, data, "name"), (int) number(file, data, "trainExamples"), (int)
                number(file, data, "testExamples"));
        return new StoredEnsembles(
                new EnsembleTable(facts, rows, seconds(folder)), folder.settings(), new LearningCurves(folder).known());
    }

    private static EnsembleRow row(Path file, JsonNode row) throws CheckpointException {
        return new EnsembleRow(
                text(file, row, "method"),
                (int) number(file, row, "head"),
                text(file, row, "backbone"),
                (int) number(file, row, "members"),
                score(file, row.path("test")),
                score(file, row.path("memberTest")),
                (long) number(file, row, "storageBytes"),
                (long) number(file, row, "multiplyAdds"));
    }

    private static PredictionScore score(Path file, JsonNode score) throws CheckpointException {
        return new PredictionScore(
                number(file, score, "accuracy"), number(file, score, "loss"), number(file, score, "calibrationError"));
    }

    private static double number(Path file, JsonNode json, String name) throws CheckpointException {
        if (!json.path(name).isNumber()) {
            throw new CheckpointException(file, "has no number '" + name + "' where there must be one; delete it.");
        }
        return json.path(name).doubleValue();
    }

    private static String text(Path file, JsonNode json, String name) throws CheckpointException {
        if (!json.path(name).isTextual()) {
            throw new CheckpointException(file, "has no text '" + name + "' where there must be one; delete it.");
        }
        return json.path(name).textValue();
    }

    private static Map<String, List<Double>> seconds(RunFolder folder) throws IOException {
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        Path file = folder.root().resolve(TIMINGS);
        if (Files.exists(file)) {
            for (Map.Entry<String, JsonNode> method :
                    Numbers.read(file).path("secondsPerImage").properties()) {
                List<Double> times = new ArrayList<>();
                method.getValue().forEach(time -> times.add(time.doubleValue()));
                seconds.put(method.getKey(), times);
            }
        }
        return seconds;
    }
}
