package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Contours of a function on a grid, linear along the grid's edges: what lies at or above a level, and the line where it begins.
 *
 * @param xs the grid's x, ascending
 * @param ys its y, ascending
 * @param values a row per y
 */
record Contours(List<Double> xs, List<Double> ys, List<List<Double>> values) {
    Contours {
        xs = List.copyOf(xs);
        ys = List.copyOf(ys);
        values = List.copyOf(values);
    }

    /** Returns polygons that together are the region at or above a level. */
    List<List<double[]>> above(double level) {
        List<List<double[]>> region = new ArrayList<>();
        for (int y = 0; y + 1 < ys.size(); y++) {
            int whole = -1; // where a stretch of cells wholly above began
            for (int x = 0; x + 1 <= xs.size(); x++) {
                boolean inside = x + 1 < xs.size() && isWhole(x, y, level);
                if (inside && whole < 0) {
                    whole = x;
                } else if (!inside && whole >= 0) {
                    region.add(List.of(at(whole, y), at(x, y), at(x, y + 1), at(whole, y + 1)));
                    whole = -1;
                }
                if (!inside && x + 1 < xs.size()) {
                    List<double[]> part = clipped(x, y, level);
                    if (part.size() > 2) {
                        region.add(part);
                    }
                }
            }
        }
        return region;
    }

    private double value(int x, int y) {
        return values.get(y).get(x);
    }

    private double[] at(int x, int y) {
        return new double[] {xs.get(x), ys.get(y)};
    }

    /** Corner k of a cell, counter-clockwise. */
    private static int[] corner(int x, int y, int k) {
        return new int[] {x + (k == 1 || k == 2 ? 1 : 0), y + (k >= 2 ? 1 : 0)};
    }

    private boolean isWhole(int x, int y, double level) {
        boolean whole = true;
        for (int k = 0; k < 4; k++) {
            int[] corner = corner(x, y, k);
            whole &= value(corner[0], corner[1]) >= level;
        }
        return whole;
    }

    /** Returns the part of a cell at or above the level: its corners there, and where edges cross. */
    private List<double[]> clipped(int x, int y, double level) {
        List<double[]> polygon = new ArrayList<>();
        for (int k = 0; k < 4; k++) {
            int[] here = corner(x, y, k);
            int[] next = corner(x, y, (k + 1) % 4);
            if (value(here[0], here[1]) >= level) {
                polygon.add(at(here[0], here[1]));
            }
            crossing(here, next, level, polygon);
        }
        return polygon;
    }

    private void crossing(int[] from, int[] to, double level, List<double[]> found) {
        double v = value(from[0], from[1]);
        double w = value(to[0], to[1]);
        if ((v >= level) != (w >= level)) {
            double s = (level - v) / (w - v);
            double[] a = at(from[0], from[1]);
            double[] b = at(to[0], to[1]);
            found.add(new double[] {a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1])});
        }
    }

    /** Returns the segments of the line at a level, cell by cell; in a saddle the two that keep its lower corners apart. */
    List<List<double[]>> lines(double level) {
        List<List<double[]>> lines = new ArrayList<>();
        for (int y = 0; y + 1 < ys.size(); y++) {
            for (int x = 0; x + 1 < xs.size(); x++) {
                List<double[]> crossings = new ArrayList<>();
                for (int k = 0; k < 4; k++) {
                    crossing(corner(x, y, k), corner(x, y, (k + 1) % 4), level, crossings);
                }
                boolean lowFirst = value(x, y) < level;
                for (int i = 0; i + 1 < crossings.size(); i += 2) {
                    int second = crossings.size() == 4 && lowFirst ? (i + 3) % 4 : i + 1;
                    lines.add(List.of(crossings.get(i), crossings.get(second)));
                }
            }
        }
        return lines;
    }
}
