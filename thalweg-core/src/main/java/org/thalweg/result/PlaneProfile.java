package org.thalweg.result;

import java.util.List;
import java.util.Optional;

/**
 * Loss, and accuracy where there is one, on a grid of the plane through three networks. Coordinates are Euclidean distances in weight space: the
 * first network is the origin, the second lies on the x axis, the third above it.
 *
 * @param corners the three networks
 * @param xs the grid's x, ascending
 * @param rows its rows, by ascending y
 * @param curve a path projected on the plane; the straight lines between the corners if the plane is no path's
 * @param statistics what batch norms' statistics are off the networks, of networks that have such
 * @param weightDecay λ of the L2 terms that NPZ files add to the losses
 */
public record PlaneProfile(
        List<Corner> corners,
        List<Double> xs,
        List<Row> rows,
        List<CurvePoint> curve,
        Optional<StatisticsPolicy> statistics,
        double weightDecay) {
    public PlaneProfile {
        corners = List.copyOf(corners);
        xs = List.copyOf(xs);
        rows = List.copyOf(rows);
        curve = List.copyOf(curve);
    }

    /** One of the three networks, and what was measured at it. */
    public record Corner(String name, double x, double y, Measures measures) {}

    /**
     * One row of the grid.
     *
     * @param y where it is
     * @param measures at each x
     * @param norms at each x the sum over tensors of their Euclidean norms
     */
    public record Row(double y, List<Measures> measures, List<Double> norms) {
        public Row {
            measures = List.copyOf(measures);
            norms = List.copyOf(norms);
        }
    }

    /**
     * A point of the path.
     *
     * @param t where on the path
     * @param x its projection
     * @param y its projection
     * @param distance how far from the plane it lies
     */
    public record CurvePoint(double t, double x, double y, double distance) {}

    /** Returns which loss was measured. */
    public Loss loss() {
        return corners.get(0).measures().loss();
    }

    /** Returns how far from the plane the path goes. */
    public double greatestDistance() {
        return curve.stream().mapToDouble(CurvePoint::distance).max().orElse(0);
    }
}
