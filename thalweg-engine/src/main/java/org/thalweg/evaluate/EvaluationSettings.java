package org.thalweg.evaluate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.thalweg.data.Dataset;
import org.thalweg.result.StatisticsPolicy;

/**
 * How a path is measured.
 *
 * @param points positions per leg, evenly spaced, both ends included, at least 2; a re-ordering leg is measured at every
 *     swap and listed as the worst of points−1 stretches
 * @param statistics what batch norms' statistics are between the ends
 * @param whole the data set on which the worst points are measured again, where paths are measured on a part of it
 */
public record EvaluationSettings(int points, StatisticsPolicy statistics, Optional<Dataset> whole) {
    /** How many positions a leg is measured at unless told otherwise, as in the published evaluation. */
    public static final int DEFAULT_POINTS = 21;

    /** The most positions that a leg may be measured at. */
    public static final int MOST_POINTS = 10_001;

    public EvaluationSettings {
        if (points < 2 || points > MOST_POINTS) {
            throw new IllegalArgumentException(
                    "points is " + points + " but must lie between 2, for both ends, and " + MOST_POINTS + ".");
        }
    }

    /** Creates settings that re-estimate statistics and measure once. */
    public EvaluationSettings(int points) {
        this(points, StatisticsPolicy.RE_ESTIMATE, Optional.empty());
    }

    /** Returns the settings as text by name, as they identify a run; the default policy goes without saying. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("points", "" + points);
        if (statistics != StatisticsPolicy.RE_ESTIMATE) {
            facts.put("statistics", statistics.toString());
        }
        whole.ifPresent(data -> facts.put(
                "recheck", data.train().count() + " training, " + data.test().count() + " test examples"));
        return facts;
    }
}
