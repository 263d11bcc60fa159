package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.result.MatchedUnits;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;

class AnatomyChartsTest {
    private static final MatchedUnits UNITS = new MatchedUnits(List.of(0, 1, 3), List.of(2, 2, 0), 0.75, -0.25);

    private static PathAnatomy anatomy(double variance) {
        return new PathAnatomy(
                3,
                List.of(
                        new NeuronPoint(0, 1, 4, List.of(3.0, 1.0), 0),
                        new NeuronPoint(0.5, 0.5, variance, List.of(2.0, 0.0), 0.25),
                        new NeuronPoint(1, 1, 4, List.of(3.0, 1.0), 0)),
                Optional.of(UNITS));
    }

    @Test
    void neuronsHaveALinePerMethodAndQuantityAndTheSpectrumOfTheStart() {
        Map<String, PathAnatomy> anatomies = new LinkedHashMap<>();
        anatomies.put("linear", anatomy(2));
        anatomies.put("arc", anatomy(4));
        anatomies.put("arc+butterfly", new PathAnatomy(5, List.of(), Optional.empty())); // deep: nothing to show

        Chart chart = NeuronChart.of(anatomies);

        JsonNode series = chart.option().get("series");
        assertThat(series).hasSize(2 * 4 + 1);
        assertThat(series.at("/1/data/1/1").doubleValue()).isEqualTo(2); // variance of linear at its middle
        assertThat(series.at("/3/data/1/1").asText()).isEqualTo("-"); // an eigenvalue of 0 has no logarithm
        assertThat(series.at("/8/name").asText()).isEqualTo("end point A");
        assertThat(chart.data().csv())
                .startsWith("method,s,meanNorm,variance,distance,spectrum\nlinear,0.0,1.0,4.0,0.0,3.0 1.0\n");
    }

    @Test
    void matchingIsTheOutlineOfTheSharesOfUnits() {
        Chart chart = MatchingChart.of("ot", UNITS);

        assertThat(chart.option().at("/series/0/data/5/1").doubleValue()).isEqualTo(75);
        assertThat(chart.caption()).contains("0.750", "-0.250");
        assertThat(chart.data().rows()).hasSize(3);
    }
}
