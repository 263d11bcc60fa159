package org.thalweg.panel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.checkpoint.Checkpoint;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.network.Provenance;
import org.thalweg.run.Numbers;
import org.thalweg.run.RunFolder;

/**
 * How the networks of a run were trained. Kept in the run, {@code learning.json}: networks that a panel was given lie elsewhere,
 * and its page must be the same when it is made again without them.
 *
 * @param folder the run
 */
public record LearningCurves(RunFolder folder) {
    private static final String FILE = "learning.json";

    /** Returns the curves that networks tell, by the networks' names, in their order. */
    public static Map<String, LearningCurve> of(List<Endpoint> networks) {
        Map<String, LearningCurve> curves = new LinkedHashMap<>();
        networks.forEach(endpoint -> LearningCurve.of(endpoint.network().provenance())
                .ifPresent(curve -> curves.put(endpoint.name(), curve)));
        return curves;
    }

    /** Keeps what networks tell, beside what is known of others: a later panel of the folder may have fewer of them. */
    void keep(List<Endpoint> networks) throws IOException {
        Map<String, LearningCurve> curves = new LinkedHashMap<>(stored());
        curves.putAll(of(networks));
        if (curves.isEmpty()) {
            return;
        }
        ObjectNode json = Numbers.MAPPER.createObjectNode();
        curves.forEach((name, curve) -> curve.losses().forEach(json.putArray(name)::add));
        folder.write(FILE, Numbers.pretty(json));
    }

    /**
     * Returns what is known, by the networks' names; in runs of earlier builds, of the networks that they trained themselves.
     *
     * @throws CheckpointException if a file is malformed
     * @throws IOException if one cannot be read
     */
    Map<String, LearningCurve> known() throws IOException {
        Map<String, LearningCurve> stored = stored();
        return stored.isEmpty() ? ofTrained() : stored;
    }

    private Map<String, LearningCurve> stored() throws IOException {
        Path file = folder.root().resolve(FILE);
        Map<String, LearningCurve> curves = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (Map.Entry<String, JsonNode> network : Numbers.read(file).properties()) {
                curves.put(network.getKey(), new LearningCurve(losses(file, network)));
            }
        }
        return curves;
    }

    private static List<Double> losses(Path file, Map.Entry<String, JsonNode> network) throws CheckpointException {
        List<Double> losses = new ArrayList<>();
        for (JsonNode loss : network.getValue()) {
            losses.add(loss.isNumber() ? loss.doubleValue() : Double.NaN);
        }
        if (losses.isEmpty() || losses.contains(Double.NaN)) {
            throw new CheckpointException(
                    file,
                    "has " + network.getValue() + " for network '" + network.getKey()
                            + "' but must have its losses, a number per epoch; delete it.");
        }
        return losses;
    }

    private Map<String, LearningCurve> ofTrained() throws IOException {
        Map<String, LearningCurve> curves = new LinkedHashMap<>();
        for (Path file : folder.networkFiles()) {
            String name = String.valueOf(file.getFileName()).replaceFirst("\\.safetensors$", "");
            LearningCurve.of(new Provenance(Checkpoint.open(file).metadata()))
                    .ifPresent(curve -> curves.put(name, curve));
        }
        return curves;
    }
}
