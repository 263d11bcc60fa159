package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.result.LayerAnatomy;
import org.thalweg.result.MatchedUnits;
import org.thalweg.result.NeuronPoint;
import org.thalweg.result.PathAnatomy;

class AnatomyChartsTest {
    private static final MatchedUnits UNITS = new MatchedUnits(List.of(0, 1, 3), List.of(2, 2, 0), 0.75, -0.25);

    private static PathAnatomy anatomy(double variance) {
        return new PathAnatomy(3, List.of(layer(1, variance)));
    }

    private static LayerAnatomy layer(int number, double variance) {
        return new LayerAnatomy(
                number,
                List.of(
                        new NeuronPoint(0, 1, 4, List.of(3.0, 1.0), 0),
                        new NeuronPoint(0.5, 0.5, variance, List.of(2.0, 0.0), 0.25),
                        new NeuronPoint(1, 1, 4, List.of(3.0, 1.0), 0)),
                Optional.of(UNITS));
    }

    @Test
    void layersOfDeepNetworksStandSideBySideAsSharesOfTheirEnds() {
        Map<String, PathAnatomy> anatomies = new LinkedHashMap<>();
        anatomies.put("linear", new PathAnatomy(1, List.of(layer(1, 2), layer(2, 1))));
        anatomies.put("ot", new PathAnatomy(9, List.of(layer(2, 4))));

        Chart chart = LayersChart.of(anatomies);

        JsonNode variance = chart.option().at("/series/4/data"); // after a frame and two lines of lengths, and a frame
        assertThat(variance.at("/2").toString()).isEqualTo("[0.5,0.5]"); // halved in the middle of layer 1
        assertThat(variance.at("/4").toString()).isEqualTo("[1.0,\"-\"]"); // a gap between layers
        assertThat(variance.at("/6").toString()).isEqualTo("[1.5,0.25]");
        assertThat(chart.option().at("/series/5/data/2").toString()).isEqualTo("[1.5,1.0]"); // ot keeps that of layer 2
        assertThat(chart.option().at("/series/0/markArea/data/1/0/name").asText())
                .isEqualTo("layer 2");
        assertThat(chart.data().csv()).contains("\not,2,0.5,0.5,4.0,0.25,2.0 0.0\n");
    }

    @Test
    void matchingOfDeepNetworksHasAPointPerLayer() {
        Map<String, PathAnatomy> anatomies = new LinkedHashMap<>();
        anatomies.put("linear", new PathAnatomy(1, List.of(new LayerAnatomy(2, List.of(), Optional.empty()))));
        assertThat(LayerMatchingChart.of(anatomies)).isEmpty();
        anatomies.put("ot", new PathAnatomy(9, List.of(layer(1, 4), layer(2, 4))));

        Chart chart = LayerMatchingChart.of(anatomies).orElseThrow();

        assertThat(chart.data().csv()).isEqualTo("method,layer,matched,random\not,1,0.75,-0.25\not,2,0.75,-0.25\n");
        assertThat(chart.option().at("/series/1/name").asText()).isEqualTo("paired at random");
    }

    @Test
    void neuronsHaveALinePerMethodAndQuantityAndTheSpectrumOfTheStart() {
        Map<String, PathAnatomy> anatomies = new LinkedHashMap<>();
        anatomies.put("linear", anatomy(2));
        anatomies.put("arc", anatomy(4));
        anatomies.put("bezier-3", new PathAnatomy(1, List.of())); // nothing to show

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
