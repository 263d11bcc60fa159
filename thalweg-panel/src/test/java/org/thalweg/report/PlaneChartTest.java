package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.thalweg.result.Measures;
import org.thalweg.result.PlaneProfile;
import org.thalweg.result.PlaneProfile.Corner;
import org.thalweg.result.PlaneProfile.CurvePoint;
import org.thalweg.result.PlaneProfile.Row;

class PlaneChartTest {
    private static PlaneProfile plane(double width, double height) {
        List<Double> xs = List.of(0.0, width / 2, width);
        List<Row> rows = DoubleStream.of(0, height / 2, height)
                .mapToObj(y -> new Row(y, xs.stream().map(x -> measures(x + y)).toList(), List.of(1.0, 1.0, 1.0)))
                .toList();
        List<Corner> corners = List.of(
                new Corner("a", 0, 0, measures(0)),
                new Corner("b", width, 0, measures(width)),
                new Corner("c", 0, height, measures(height)));
        List<CurvePoint> curve = List.of(new CurvePoint(0, 0, 0, 0), new CurvePoint(1, width, 0, 0));
        return new PlaneProfile(corners, xs, rows, curve, Optional.empty(), 1e-4);
    }

    private static Measures measures(double loss) {
        return new Measures(loss, 0.5, loss, Math.max(0, 0.5 - loss / 10));
    }

    private static JsonNode grid(PlaneProfile plane) {
        return PlaneChart.charts(plane).get(0).option().get("grid").get(0);
    }

    @Test
    void bothAxesHaveOneScale() {
        JsonNode grid = grid(plane(4, 3));

        assertThat(grid.get("aspect").doubleValue()).isEqualTo(0.75);
        assertThat(grid.get("height").intValue()).isEqualTo(357); // of a width of 476
    }

    @Test
    void aVeryFlatPlaneIsDrawnSteeper() {
        assertThat(grid(plane(100, 1)).get("aspect").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void levelsReachBeyondPoorNetworks() {
        JsonNode legend =
                PlaneChart.charts(plane(2, 2)).get(1).option().get("legend").get("data");

        assertThat(legend.get(0).textValue()).startsWith("< 50.");
        assertThat(legend.get(8).textValue()).isEqualTo("> 90.0"); // errors from 50 to 90 %, networks' up to 70
    }

    @Test
    void levelsHaveAsManyDigitsAsTellThemApart() {
        assertThat(PlaneChart.texts(List.of(0.25, 0.5, 12.0))).containsExactly("0.25", "0.50", "12.0");
        assertThat(PlaneChart.texts(List.of(0.256, 0.2625, 12.0))).containsExactly("0.256", "0.263", "12.00");
    }
}
