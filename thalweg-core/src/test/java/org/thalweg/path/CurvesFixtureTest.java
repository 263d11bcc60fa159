package org.thalweg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The coefficients of {@code curves.json}, which another implementation computed. */
class CurvesFixtureTest {
    private static JsonNode fixture(String kind) throws IOException {
        try (InputStream in = Objects.requireNonNull(CurvesFixtureTest.class.getResourceAsStream("curves.json"))) {
            JsonNode points = new ObjectMapper().readTree(in).get(kind);
            assertThat(points).isNotEmpty();
            return points;
        }
    }

    private static double[] coefficients(Curve curve, JsonNode point) {
        double[] c = new double[curve.controls()];
        curve.coefficients(point.get("t").doubleValue(), c);
        return c;
    }

    private static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).doubleValue();
        }
        return numbers;
    }

    @Test
    void arc() throws IOException {
        for (JsonNode point : fixture("arc")) {
            double[] expected = {
                point.get("A").doubleValue(),
                point.get("B").doubleValue(),
                point.get("mean").doubleValue()
            };

            assertThat(coefficients(ArcCurve.ARC, point)).as("%s", point).containsExactly(expected, within(1e-15));
        }
    }

    @Test
    void chainsAndBezierCurves() throws IOException {
        for (String kind : List.of("polygonalChain", "bezier")) {
            for (JsonNode point : fixture(kind)) {
                int controls = point.get("points").intValue();
                Curve curve = kind.equals("bezier") ? new BezierCurve(controls) : new PolygonalChain(controls);

                assertThat(coefficients(curve, point))
                        .as("%s %s", kind, point)
                        .containsExactly(numbers(point.get("coefficients")), within(1e-15));
            }
        }
    }
}
