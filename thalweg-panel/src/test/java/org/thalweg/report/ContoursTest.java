package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

class ContoursTest {
    private static Contours grid(int size, DoubleBinaryOperator function) {
        List<Double> axis = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            axis.add(-1 + 2.0 * i / (size - 1));
        }
        List<List<Double>> values = new ArrayList<>();
        for (double y : axis) {
            values.add(axis.stream().map(x -> function.applyAsDouble(x, y)).toList());
        }
        return new Contours(axis, axis, values);
    }

    private static double area(List<List<double[]>> region) {
        double area = 0;
        for (List<double[]> ring : region) {
            for (int i = 0; i < ring.size(); i++) {
                double[] a = ring.get(i);
                double[] b = ring.get((i + 1) % ring.size());
                area += (a[0] * b[1] - b[0] * a[1]) / 2;
            }
        }
        return area;
    }

    @Test
    void regionAboveALevelOfABowlIsOutsideItsCircle() {
        Contours bowl = grid(81, (x, y) -> x * x + y * y);

        assertThat(area(bowl.above(Double.NEGATIVE_INFINITY))).isCloseTo(4, within(1e-12));
        assertThat(area(bowl.above(0.49))).isCloseTo(4 - Math.PI * 0.49, within(0.002));
        assertThat(bowl.above(3)).isEmpty();
    }

    @Test
    void lineOfABowlIsItsCircle() {
        List<List<double[]>> lines = grid(81, (x, y) -> x * x + y * y).lines(0.49);

        double length = 0;
        for (List<double[]> line : lines) {
            double[] a = line.get(0);
            double[] b = line.get(1);
            assertThat(Math.hypot(a[0], a[1])).isCloseTo(0.7, within(0.001));
            length += Math.hypot(a[0] - b[0], a[1] - b[1]);
        }
        assertThat(length).isCloseTo(2 * Math.PI * 0.7, within(0.01));
    }

    @Test
    void linesOfASaddleAreTheEdgesOfItsRegion() {
        for (double sign : new double[] {1, -1}) {
            Contours saddle = grid(2, (x, y) -> sign * x * y);

            assertThat(saddle.lines(0.5)).hasSize(2).allSatisfy(line -> {
                double[] a =
                        line.get(0); // both ends at one upper corner's sides would cut it off; lower corners are cut
                double[] b = line.get(1);
                assertThat(Math.hypot(a[0] - b[0], a[1] - b[1])).isCloseTo(1.5 * Math.sqrt(2), within(1e-12));
            });
        }
    }
}
