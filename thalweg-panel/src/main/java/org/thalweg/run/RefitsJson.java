package org.thalweg.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.result.OutputRefits;

/** The part of a result's JSON object that says how the output layer was refitted. */
final class RefitsJson {
    private RefitsJson() {}

    static ObjectNode write(OutputRefits refits) {
        ObjectNode json = Numbers.MAPPER.createObjectNode();
        json.put("lambda", refits.lambda()).put("loss", refits.loss()).put("budgetSpent", refits.isBudgetSpent());
        ArrayNode legs = json.putArray("legs");
        for (OutputRefits.Leg leg : refits.legs()) {
            ObjectNode item = legs.addObject().put("name", leg.name());
            leg.knots().forEach(item.putArray("knots")::add);
            leg.certificates().forEach(item.putArray("certificates")::add);
            leg.passes().forEach(item.putArray("passes")::add);
            leg.above().forEach(item.putArray("above")::add);
        }
        return json;
    }

    static OutputRefits read(JsonNode json) {
        List<OutputRefits.Leg> legs = new ArrayList<>();
        for (JsonNode leg : ResultJson.need(json, "legs")) {
            legs.add(new OutputRefits.Leg(
                    ResultJson.text(leg, "name"),
                    ResultJson.numbers(leg, "knots"),
                    ResultJson.numbers(leg, "certificates"),
                    ResultJson.numbers(leg, "passes").stream()
                            .map(Double::intValue)
                            .toList(),
                    ResultJson.numbers(leg, "above")));
        }
        return new OutputRefits(ResultJson.number(json, "lambda"), ResultJson.text(json, "loss"), legs);
    }
}
