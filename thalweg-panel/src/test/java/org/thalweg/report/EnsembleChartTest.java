package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.panel.EnsembleRow;
import org.thalweg.panel.EnsembleTable;
import org.thalweg.result.PredictionScore;
import org.thalweg.run.DataFacts;

class EnsembleChartTest {
    private static EnsembleRow row(String method, int members, double accuracy, int multiplyAdds) {
        PredictionScore score = new PredictionScore(accuracy, 0.5, 0.01);
        return new EnsembleRow(method, 1, "a", members, score, score, 1_000_000L * members, multiplyAdds);
    }

    /** Returns the charts of two lines and the mean of weights, which ends at {@code average}. */
    private static List<Chart> charts(double average, int mostMultiplyAdds) {
        return EnsembleChart.charts(new EnsembleTable(
                new DataFacts("random", 100, 100),
                List.of(
                        row("wa-1", 1, 0.837, 20_000_000),
                        row("wa-1", 2, 0.839, 30_000_000),
                        row(EnsembleTable.INDEPENDENT, 1, 0.837, 20_000_000),
                        row(EnsembleTable.INDEPENDENT, 2, 0.854, mostMultiplyAdds),
                        row(EnsembleTable.AVERAGE, 1, 0.837, 20_000_000),
                        row(EnsembleTable.AVERAGE, 2, average, 20_000_000)),
                Map.of()));
    }

    private static JsonNode axis(Chart chart, String name) {
        return chart.option().get(name).get(0);
    }

    @Test
    void aMeanOfWeightsAtChanceDoesNotPressTheOthersTogether() {
        Chart chart = charts(0.1, 40_000_000).get(2);

        assertThat(axis(chart, "yAxis").get("min").doubleValue()).isEqualTo(82); // below 83.7 - 1.7 / 2 in steps of 1
        assertThat(chart.caption()).contains("average goes on below the figure");
        assertThat(chart.data().csv()).contains("average,2,20.0,10.0");
    }

    @Test
    void aMeanOfWeightsAmongTheOthersIsShownWhole() {
        Chart chart = charts(0.836, 40_000_000).get(2);

        assertThat(axis(chart, "yAxis").has("min")).isFalse();
        assertThat(chart.caption()).doesNotContain("below the figure");
    }

    @Test
    void membersAreCountedFromOne() {
        assertThat(axis(charts(0.8, 40_000_000).get(0), "xAxis").get("min").intValue())
                .isEqualTo(1);
    }

    @Test
    void costsWithinADecadeLieOnALinearAxis() {
        assertThat(axis(charts(0.8, 199_000_000).get(2), "xAxis").get("type").textValue())
                .isEqualTo("value");
        assertThat(axis(charts(0.8, 200_000_000).get(2), "xAxis").get("type").textValue())
                .isEqualTo("log");
    }
}
