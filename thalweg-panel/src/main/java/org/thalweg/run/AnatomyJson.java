package org.thalweg.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.checkpoint.CheckpointException;
import org.thalweg.result.MatchedUnits;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;

/** The JSON object of what a path is made of. */
final class AnatomyJson {
    private AnatomyJson() {}

    static ObjectNode write(PathAnatomy anatomy) {
        ObjectNode json = Numbers.MAPPER.createObjectNode().put("segments", anatomy.segments());
        ArrayNode neurons = json.putArray("neurons");
        for (NeuronPoint point : anatomy.neurons()) {
            ObjectNode item = neurons.addObject();
            item.put("s", point.s()).put("meanNorm", point.meanNorm()).put("variance", point.variance());
            item.put("distance", point.distance());
            point.spectrum().forEach(item.putArray("spectrum")::add);
        }
        anatomy.units().ifPresent(units -> {
            ObjectNode item = json.putObject("units");
            item.put("matchedMean", units.matchedMean()).put("randomMean", units.randomMean());
            units.matched().forEach(item.putArray("matched")::add);
            units.random().forEach(item.putArray("random")::add);
        });
        return json;
    }

    static PathAnatomy read(Path file) throws IOException {
        JsonNode json = Numbers.read(file);
        try {
            List<NeuronPoint> neurons = new ArrayList<>();
            for (JsonNode point : ResultJson.need(json, "neurons")) {
                neurons.add(new NeuronPoint(
                        ResultJson.number(point, "s"),
                        ResultJson.number(point, "meanNorm"),
                        ResultJson.number(point, "variance"),
                        ResultJson.numbers(point, "spectrum"),
                        ResultJson.number(point, "distance")));
            }
            Optional<MatchedUnits> units =
                    Optional.ofNullable(json.get("units")).map(AnatomyJson::units);
            return new PathAnatomy((int) ResultJson.number(json, "segments"), neurons, units);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, "is not the anatomy of a path: " + e.getMessage() + " Delete it.");
        }
    }

    private static MatchedUnits units(JsonNode json) {
        return new MatchedUnits(
                counts(json, "matched"),
                counts(json, "random"),
                ResultJson.number(json, "matchedMean"),
                ResultJson.number(json, "randomMean"));
    }

    private static List<Integer> counts(JsonNode json, String name) {
        return ResultJson.numbers(json, name).stream().map(Double::intValue).toList();
    }
}
