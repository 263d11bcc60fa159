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
import org.thalweg.result.AssignmentQuality;
import org.thalweg.result.Barriers;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Loss;
import org.thalweg.result.MapUse;
import org.thalweg.result.Measure;
import org.thalweg.result.Measures;
import org.thalweg.result.PathLength;
import org.thalweg.result.Profile;
import org.thalweg.result.ProfilePoint;
import org.thalweg.result.Recheck;
import org.thalweg.result.StatisticsPolicy;
import org.thalweg.result.TrainingCost;
import org.thalweg.result.Worst;
import org.thalweg.result.WorstMeasures;

/** The JSON object of a measured path, as {@code --format json} prints it and panels keep it. */
public final class ResultJson {
    private ResultJson() {}

    /** Returns the object; with {@code seconds} where they are to be part of it. */
    public static ObjectNode write(PathResult result, Optional<Seconds> seconds) {
        ObjectNode json = Numbers.MAPPER.createObjectNode();
        json.put("method", result.method()).put("program", result.program());
        json.put("a", result.a()).put("b", result.b());
        json.set("data", data(result.data()));
        Profile profile = result.profile();
        json.putArray("ends").add(measures(profile.start())).add(measures(profile.end()));
        json.set("worst", worst(profile.worst()));
        ArrayNode legs = json.putArray("legs");
        profile.legs()
                .forEach(leg -> legs.addObject()
                        .put("name", leg.name())
                        .put("from", leg.from())
                        .put("to", leg.to())
                        .set("worst", worst(leg.worst())));
        if (profile.isLayered()) {
            ArrayNode waypoints = json.putArray("waypoints");
            profile.waypoints()
                    .forEach(point ->
                            waypoints.addObject().put("name", point.name()).put("t", point.t()));
        }
        ArrayNode points = json.putArray("points");
        for (LegProfile leg : profile.legs()) {
            leg.points().forEach(point -> points.add(point(point)));
        }
        ObjectNode barrier = json.putObject("barrier");
        barrier.set("interpolated", measures(profile.barriers().interpolated()));
        barrier.set("mean", measures(profile.barriers().mean()));
        barrier.set("worseEnd", measures(profile.barriers().worseEnd()));
        json.putObject("length")
                .put("value", profile.length().value())
                .put("ratio", profile.length().ratio());
        profile.statistics().ifPresent(policy -> json.put("batchNormStatistics", policy.toString()));
        profile.recheck().ifPresent(again -> {
            ObjectNode all = json.putObject("worstOnAllData")
                    .put("trainExamples", again.trainExamples())
                    .put("testExamples", again.testExamples());
            all.setAll(worst(again.worst()));
        });
        result.assignment()
                .ifPresent(quality -> json.putObject("assignment")
                        .put("cost", quality.cost())
                        .put("dualityGap", quality.dualityGap()));
        result.training()
                .ifPresent(cost ->
                        json.putObject("training").put("epochs", cost.epochs()).put("steps", cost.steps()));
        seconds.ifPresent(
                s -> json.putObject("seconds").put("connect", s.connect()).put("evaluate", s.evaluate()));
        result.refits().ifPresent(refits -> json.set("convexAdjustment", RefitsJson.write(refits)));
        result.map().ifPresent(map -> {
            ObjectNode use = json.putObject("map").put("model", map.model());
            map.trainedOn().forEach(use.putArray("trainedOn")::add);
            map.chosenOn().forEach(use.putArray("chosenOn")::add);
        });
        return json;
    }

    static ObjectNode data(DataFacts data) {
        ObjectNode json = Numbers.MAPPER
                .createObjectNode()
                .put("name", data.name())
                .put("trainExamples", data.trainExamples())
                .put("testExamples", data.testExamples());
        if (data.loss() != Loss.CROSS_ENTROPY) { // which goes without saying
            json.put("loss", data.loss().text());
        }
        return json;
    }

    static ObjectNode measures(Measures measures) {
        return add(Numbers.MAPPER.createObjectNode(), measures);
    }

    private static ObjectNode add(ObjectNode json, Measures measures) {
        measures.values().forEach((measure, value) -> json.put(measure.key(), value));
        return json;
    }

    private static ObjectNode point(ProfilePoint point) {
        ObjectNode json = Numbers.MAPPER.createObjectNode().put("t", point.t()).put("leg", point.leg());
        return add(json, point.measures());
    }

    private static ObjectNode worst(WorstMeasures worst) {
        ObjectNode json = Numbers.MAPPER.createObjectNode();
        worst.values()
                .forEach((measure, w) -> json.putObject(measure.key())
                        .put("value", w.value())
                        .put("t", w.t())
                        .put("leg", w.leg())
                        .put("exact", w.exact()));
        return json;
    }

    /**
     * Returns the result of a file that holds what {@link #write} made.
     *
     * @throws CheckpointException if it does not
     * @throws IOException if it cannot be read
     */
    static PathResult read(Path file) throws IOException {
        JsonNode json = Numbers.read(file);
        try {
            return read(json);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException(file, "is not a result: " + e.getMessage() + " Delete it.");
        }
    }

    private static PathResult read(JsonNode json) {
        JsonNode data = need(json, "data");
        Loss loss = Loss.named(data.path("loss").asText(Loss.CROSS_ENTROPY.text()));
        List<JsonNode> points = new ArrayList<>();
        need(json, "points").forEach(points::add);
        List<LegProfile> legs = new ArrayList<>();
        int next = 0;
        for (JsonNode leg : need(json, "legs")) {
            double to = number(leg, "to");
            String name = text(leg, "name");
            List<ProfilePoint> own = new ArrayList<>();
            while (next < points.size() && text(points.get(next), "leg").equals(name)) {
                own.add(point(points.get(next++), loss));
            }
            if (own.isEmpty()) {
                throw new IllegalArgumentException("leg '" + name + "' has no points.");
            }
            legs.add(new LegProfile(name, number(leg, "from"), to, worst(need(leg, "worst"), loss), own));
        }
        if (legs.isEmpty() || next < points.size()) {
            throw new IllegalArgumentException("legs and points do not fit.");
        }
        JsonNode barrier = need(json, "barrier");
        Barriers barriers = new Barriers(
                measures(need(barrier, "interpolated"), loss),
                measures(need(barrier, "mean"), loss),
                measures(need(barrier, "worseEnd"), loss));
        JsonNode length = need(json, "length");
        return new PathResult(
                text(json, "method"),
                text(json, "program"),
                text(json, "a"),
                text(json, "b"),
                new DataFacts(
                        text(data, "name"),
                        (int) number(data, "trainExamples"),
                        (int) number(data, "testExamples"),
                        loss),
                new Profile(
                        legs,
                        barriers,
                        new PathLength(number(length, "value"), number(length, "ratio")),
                        Optional.ofNullable(json.get("batchNormStatistics"))
                                .map(policy -> StatisticsPolicy.named(policy.asText())),
                        Optional.ofNullable(json.get("worstOnAllData")).map(again -> recheck(again, loss))),
                Optional.ofNullable(json.get("assignment"))
                        .map(a -> new AssignmentQuality(number(a, "cost"), number(a, "dualityGap"))),
                Optional.ofNullable(json.get("training"))
                        .map(t -> new TrainingCost((int) number(t, "epochs"), (long) number(t, "steps"))),
                Optional.ofNullable(json.get("convexAdjustment")).map(RefitsJson::read),
                Optional.ofNullable(json.get("map"))
                        .map(map -> new MapUse(text(map, "model"), texts(map, "trainedOn"), texts(map, "chosenOn"))));
    }

    private static List<String> texts(JsonNode json, String name) {
        List<String> texts = new ArrayList<>();
        need(json, name).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    static JsonNode need(JsonNode json, String name) {
        JsonNode value = json.get(name);
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is missing.");
        }
        return value;
    }

    static double number(JsonNode json, String name) {
        JsonNode value = need(json, name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException("'" + name + "' is not a number.");
        }
        return value.doubleValue();
    }

    static List<Double> numbers(JsonNode json, String name) {
        List<Double> numbers = new ArrayList<>();
        for (JsonNode item : need(json, name)) {
            if (!item.isNumber()) {
                throw new IllegalArgumentException("'" + name + "' holds what is not a number.");
            }
            numbers.add(item.doubleValue());
        }
        return numbers;
    }

    static String text(JsonNode json, String name) {
        JsonNode value = need(json, name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' is not a string.");
        }
        return value.textValue();
    }

    static Measures measures(JsonNode json, Loss loss) {
        return Measures.of(loss, measure -> number(json, measure.key()));
    }

    private static ProfilePoint point(JsonNode json, Loss loss) {
        return new ProfilePoint(number(json, "t"), text(json, "leg"), measures(json, loss));
    }

    private static Recheck recheck(JsonNode json, Loss loss) {
        return new Recheck((int) number(json, "trainExamples"), (int) number(json, "testExamples"), worst(json, loss));
    }

    private static WorstMeasures worst(JsonNode json, Loss loss) {
        return WorstMeasures.of(loss, measure -> {
            JsonNode w = need(json, measure.key());
            return new Worst(
                    number(w, "value"),
                    number(w, "t"),
                    text(w, "leg"),
                    need(w, "exact").booleanValue());
        });
    }

    /** Returns the points as CSV: {@code t,leg} and the measures. */
    public static String csv(PathResult result) {
        StringBuilder csv = new StringBuilder("t,leg");
        for (Measure measure : result.profile().loss().measures()) {
            csv.append(',').append(measure.key());
        }
        for (ProfilePoint point : result.profile().points()) {
            csv.append('\n').append(Numbers.text(point.t())).append(',').append(point.leg());
            point.measures().values().values().forEach(value -> csv.append(',').append(Numbers.text(value)));
        }
        return csv.append('\n').toString();
    }
}
