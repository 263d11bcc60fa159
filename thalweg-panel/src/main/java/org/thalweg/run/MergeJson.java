package org.thalweg.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.thalweg.result.MergeVerdict;

/** The JSON object of a merge, as {@code merge --format json} prints it. */
public final class MergeJson {
    private MergeJson() {}

    /** Returns the object. */
    public static ObjectNode write(MergeResult result) {
        ObjectNode json = Numbers.MAPPER.createObjectNode();
        json.put("method", result.method()).put("order", result.order()).put("program", result.program());
        json.set("data", ResultJson.data(result.data()));
        ArrayNode parents = json.putArray("parents");
        result.parents()
                .forEach(parent -> parents.addObject()
                        .put("name", parent.name())
                        .put("sha256", parent.sha256())
                        .put("architecture", parent.architecture().text())
                        .set("measures", ResultJson.measures(parent.measures())));
        json.put("architecture", result.architecture().text());
        json.set("merged", ResultJson.measures(result.merged()));
        json.set("between", ResultJson.measures(result.between().measures()));
        json.set("barrier", ResultJson.measures(result.barrier()));
        MergeVerdict verdict = result.verdict();
        json.put("worthUsing", verdict.worthUsing()).put("verdict", verdict.sentence());
        return json;
    }
}
