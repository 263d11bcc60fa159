package org.thalweg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every curve promises. */
class CurveTest {
    static List<Curve> curves() {
        return List.of(
                PolygonalChain.CONSTANT,
                PolygonalChain.LINEAR,
                new PolygonalChain(3),
                new PolygonalChain(50),
                new KnotChain(List.of(0.0, 1.0)),
                new KnotChain(List.of(0.0, 0.125, 0.25, 1.0)),
                new BezierCurve(2),
                new BezierCurve(3),
                new BezierCurve(64),
                ArcCurve.ARC);
    }

    private static double[] coefficients(Curve curve, double t) {
        double[] c = new double[curve.controls()];
        curve.coefficients(t, c);
        return c;
    }

    @ParameterizedTest
    @MethodSource("curves")
    void endsAreTheirControlsExactly(Curve curve) {
        double[] start = new double[curve.controls()];
        double[] end = new double[curve.controls()];
        start[0] = 1;
        end[curve.endControl()] = 1;

        assertThat(coefficients(curve, 0)).containsExactly(start);
        assertThat(coefficients(curve, 1)).containsExactly(end);
    }

    @ParameterizedTest
    @MethodSource("curves")
    void coefficientsSumToOne(Curve curve) {
        for (double t : new double[] {1e-9, 0.1, 1.0 / 3, 0.5, 0.77, Math.nextDown(1.0)}) {
            double sum = 0;
            for (double c : coefficients(curve, t)) {
                sum += c;
            }
            assertThat(sum).isEqualTo(1, within(curve.controls() * 1e-16 * 2)); // an ulp per term
        }
    }

    @ParameterizedTest
    @MethodSource("curves")
    void textIsReadBack(Curve curve) {
        assertThat(Curve.parse(curve.text())).isEqualTo(curve);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "coefficients.csv")
    void coefficientsAreThoseOfPython(String text, double t, String expected) {
        double[] c = coefficients(Curve.parse(text), t);

        String[] values = expected.split(" ", -1);
        assertThat(c).hasSize(values.length);
        for (int j = 0; j < c.length; j++) {
            assertThat(c[j]).as("control %d", j).isEqualTo(Double.parseDouble(values[j]), within(1e-15)); // a few ulp
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
    void positionsOutsideTheUnitIntervalAreRefused(double t) {
        for (Curve curve : curves()) {
            assertThatThrownBy(() -> coefficients(curve, t))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("t is " + t + " but must lie between 0 and 1.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "spline(3)",
                "bezier(0)",
                "bezier(-3)",
                "bezier(3",
                "chain(1000000)",
                "bezier (3)",
                "knots(0,x,1)"
            })
    void unknownCurvesAreRefused(String text) {
        assertThatThrownBy(() -> Curve.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("curve '" + text
                        + "' is not understood; known are constant, linear, chain(k), knots(…), bezier(k) and arc.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1001})
    void bezierCurvesHaveTwoToAThousandControls(int controls) {
        assertThatThrownBy(() -> new BezierCurve(controls))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a Bézier curve of " + controls + " controls; it takes 2 to 1000.");
    }

    @Test
    void knotsHoldTheirControlsAndRunStraightBetweenThem() {
        Curve curve = new KnotChain(List.of(0.0, 0.125, 0.25, 1.0));

        assertThat(coefficients(curve, 0.125)).containsExactly(0, 1, 0, 0);
        assertThat(coefficients(curve, 0.25)).containsExactly(0, 0, 1, 0);
        assertThat(coefficients(curve, 0.1875)).containsExactly(0, 0.5, 0.5, 0);
        assertThat(coefficients(curve, 0.4375)).containsExactly(0, 0, 0.75, 0.25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"knots(0)", "knots(0,0.5)", "knots(0.1,1)", "knots(0,0.5,0.5,1)", "knots(0,NaN,1)"})
    void knotsAscendFromZeroToOne(String text) {
        assertThatThrownBy(() -> Curve.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("knots must ascend from 0 to 1, got [");
    }
}
