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
import org.thalweg.result.LayerAnatomy;
import org.thalweg.result.MatchedUnits;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;

/** The JSON object of what a path is made of. */
final class AnatomyJson {
    private static final String LAYERS = "layers";

    private AnatomyJson() {}

    static ObjectNode write(PathAnatomy anatomy) {
        ObjectNode json = Numbers.MAPPER.createObjectNode().put("segments", anatomy.segments());
        ArrayNode layers = json.putArray(LAYERS);
        anatomy.layers().forEach(layer -> layers.add(write(layer)));
        return json;
    }

    private static ObjectNode write(LayerAnatomy layer) {
        ObjectNode json = Numbers.MAPPER.createObjectNode().put("layer", layer.layer());
        ArrayNode neurons = json.putArray("neurons");
        for (NeuronPoint point : layer.neurons()) {
            ObjectNode item = neurons.addObject();
            item.put("s", point.s()).put("meanNorm", point.meanNorm()).put("variance", point.variance());
            item.put("distance", point.distance());
            point.spectrum().forEach(item.putArray("spectrum")::add);
        }
        layer.units().ifPresent(units -> {
            ObjectNode item = json.putObject("units");
            item.put("matchedMean", units.matchedMean()).put("randomMean", units.randomMean());
            units.matched().forEach(item.putArray("matched")::add);
            units.random().forEach(item.putArray("random")::add);
        });
        return json;
    }

    /** Returns the anatomy of a file; nothing of files of earlier builds, which knew no layers: the path is looked at again. */
    static Optional<PathAnatomy> read(Path file) throws IOException {
        JsonNode json = Numbers.read(file);
        try {
            if (!json.has(LAYERS) && json.has("neurons")) {
                return Optional.empty();
            }
            List<LayerAnatomy> layers = new ArrayList<>();
            for (JsonNode layer : ResultJson.need(json, LAYERS)) {
                layers.add(layer(layer));
            }
            return Optional.of(new PathAnatomy((int) ResultJson.number(json, "segments"), layers));
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, "is not the anatomy of a path: " + e.getMessage() + " Delete it.");
        }
    }

    private static LayerAnatomy layer(JsonNode json) {
        List<NeuronPoint> neurons = new ArrayList<>();
        for (JsonNode point : ResultJson.need(json, "neurons")) {
            neurons.add(new NeuronPoint(
                    ResultJson.number(point, "s"),
                    ResultJson.number(point, "meanNorm"),
                    ResultJson.number(point, "variance"),
                    ResultJson.numbers(point, "spectrum"),
                    ResultJson.number(point, "distance")));
        }
        Optional<MatchedUnits> units = Optional.ofNullable(json.get("units")).map(AnatomyJson::units);
        return new LayerAnatomy((int) ResultJson.number(json, "layer"), neurons, units);
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
