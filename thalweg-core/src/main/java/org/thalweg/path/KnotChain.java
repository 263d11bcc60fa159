package org.thalweg.path;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Straight segments through one control per knot, the knots standing at given t: a {@link PolygonalChain} whose controls need
 * not be evenly spaced.
 *
 * @param knots ascending, the first 0 and the last 1; at least 2
 */
public record KnotChain(List<Double> knots) implements Curve {
    /**
     * Checks the knots.
     *
     * @throws IllegalArgumentException if they do not ascend from 0 to 1
     */
    public KnotChain {
        knots = List.copyOf(knots);
        boolean ascending = knots.size() >= 2 && knots.get(0) == 0 && knots.get(knots.size() - 1) == 1;
        for (int j = 1; ascending && j < knots.size(); j++) {
            ascending = knots.get(j) > knots.get(j - 1); // this form rejects NaN too
        }
        if (!ascending) {
            throw new IllegalArgumentException("knots must ascend from 0 to 1, got " + knots + ".");
        }
    }

    @Override
    public int controls() {
        return knots.size();
    }

    // psi(t) = (1-s) w_j + s w_(j+1) between knots j and j+1, s = (t - t_j) / (t_(j+1) - t_j)
    @Override
    public void coefficients(double t, double[] out) {
        Curve.requireUnit(t);
        Arrays.fill(out, 0, knots.size(), 0.0);
        int j = 0;
        while (j + 2 < knots.size() && t >= knots.get(j + 1)) {
            j++;
        }
        double s = (t - knots.get(j)) / (knots.get(j + 1) - knots.get(j));
        out[j] = 1 - s;
        out[j + 1] = s;
    }

    @Override
    public int endControl() {
        return knots.size() - 1;
    }

    @Override
    public String text() {
        return knots.stream().map(t -> Double.toString(t)).collect(Collectors.joining(",", "knots(", ")"));
    }
}
