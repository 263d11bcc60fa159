package org.thalweg.plane;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;
import org.thalweg.path.Track;
import org.thalweg.result.PlaneProfile.CurvePoint;

/**
 * The plane through three networks, with the axes of Garipov et al. 2018 (arXiv:1802.10026): the first is the origin, x runs to
 * the second, y stands on x and runs to the side of the third; the unit is the Euclidean distance of weights. Statistics of norms
 * are blended like weights, or kept ({@link #keepingStatistics}), and count for no distance. Immutable.
 */
public final class Plane {
    /** Sine of the angle under which three networks count as lying on one line: float32 cannot tell less. */
    private static final double FLAT = 1e-5;

    private final Architecture architecture;
    private final List<Weights> corners; // A, B, C
    private final double dx;
    private final double dy;
    private final double shift; // x of C

    private Plane(Architecture architecture, List<Weights> corners, double dx, double dy, double shift) {
        this.architecture = architecture;
        this.corners = corners;
        this.dx = dx;
        this.dy = dy;
        this.shift = shift;
    }

    /**
     * Returns the plane through three networks of one architecture.
     *
     * @throws MismatchException if their architectures differ
     * @throws IllegalArgumentException if they lie on one line
     */
    public static Plane through(Network a, Network b, Network c) {
        requireAlike(a, b);
        requireAlike(a, c);
        Architecture architecture = a.architecture();
        List<Weights> corners = List.of(a.weights(), b.weights(), c.weights());
        double toB = product(architecture, a.weights(), b.weights(), a.weights(), b.weights());
        double toC = product(architecture, a.weights(), c.weights(), a.weights(), c.weights());
        double both = product(architecture, a.weights(), b.weights(), a.weights(), c.weights());
        double dx = Math.sqrt(toB);
        double shift = dx == 0 ? 0 : both / dx;
        double dy = Math.sqrt(Math.max(0, toC - shift * shift));
        if (!(dy > FLAT * Math.sqrt(toC)) || dx == 0) {
            throw new IllegalArgumentException(
                    "the three networks lie on one line, so there is no plane through them; name"
                            + " three that differ, or a path that bends.");
        }
        return new Plane(architecture, corners, dx, dy, shift);
    }

    private static void requireAlike(Network a, Network other) {
        if (!a.architecture().text().equals(other.architecture().text())) {
            throw new MismatchException("the networks of a plane must be alike, but one is "
                    + a.architecture().text() + " and another is "
                    + other.architecture().text() + ".");
        }
    }

    /** Returns the inner product of b − a and d − c, norms' statistics left out. */
    private static double product(Architecture architecture, Weights a, Weights b, Weights c, Weights d) {
        double sum = 0;
        for (String name : a.asMap().keySet()) {
            if (!architecture.buffers().containsKey(name)) {
                Tensor ta = a.get(name);
                Tensor tb = b.get(name);
                Tensor tc = c.get(name);
                Tensor td = d.get(name);
                for (int i = 0; i < ta.shape().elements(); i++) {
                    sum += (tb.get(i) - ta.get(i)) * (td.get(i) - tc.get(i));
                }
            }
        }
        return sum;
    }

    /** Returns this plane with the statistics of norms that the first network has everywhere, slot by slot. */
    public Plane keepingStatistics() {
        List<Weights> keeping = corners.stream()
                .map(corner -> {
                    Map<String, Tensor> tensors = new LinkedHashMap<>(corner.asMap());
                    architecture
                            .buffers()
                            .keySet()
                            .forEach(name -> tensors.put(name, corners.get(0).get(name)));
                    return Weights.of(tensors);
                })
                .toList();
        return new Plane(architecture, keeping, dx, dy, shift);
    }

    /** Returns the architecture of its networks. */
    public Architecture architecture() {
        return architecture;
    }

    /** Returns one of the three networks that it was laid through, 0 to 2, with the statistics that it brought. */
    public Network corner(int index) {
        return new Network(architecture, corners.get(index), Provenance.UNKNOWN);
    }

    /** Returns the distance of the second network from the first. */
    public double width() {
        return dx;
    }

    /** Returns the distance of the third network from the line through the others. */
    public double height() {
        return dy;
    }

    /** Returns the x of the third network. */
    public double shift() {
        return shift;
    }

    // x u + y v with u = (B-A)/dx, v = ((C-A) - shift u)/dy, as weights of A, B and C
    private double[] coefficients(double x, double y) {
        double c = y / dy;
        double b = x / dx - y * shift / (dx * dy);
        return new double[] {1 - b - c, b, c};
    }

    /** Returns the weights at a point: summed in double, rounded once. */
    public Weights at(double x, double y) {
        double[] factors = coefficients(x, y);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (String name : corners.get(0).asMap().keySet()) {
            Tensor first = corners.get(0).get(name);
            double[] sum = new double[first.shape().elements()];
            for (int k = 0; k < factors.length; k++) {
                Tensor corner = corners.get(k).get(name);
                for (int i = 0; factors[k] != 0 && i < sum.length; i++) {
                    sum[i] += factors[k] * corner.get(i);
                }
            }
            tensors.put(name, Tensor.rounded(first.shape(), sum, first.precision()));
        }
        return Weights.of(tensors);
    }

    /**
     * Returns a row of the plane, from one x to another, as a straight path: what is measured along it shares the products of
     * its two ends, however many points it has.
     */
    public Path row(double y, double fromX, double toX) {
        Weights start = at(fromX, y);
        Weights end = at(toX, y);
        Map<String, Track> tracks = new LinkedHashMap<>();
        start.asMap().forEach((name, tensor) -> tracks.put(name, Track.linear(tensor, end.get(name))));
        return new Path(architecture, "plane", List.of(new CurveLeg("row", tracks)), Provenance.UNKNOWN);
    }

    /** Returns the sum over tensors of their Euclidean norms at a point, as Garipov's planes add them to losses. */
    public double norms(double x, double y) {
        double sum = 0;
        for (Map.Entry<String, Tensor> entry : at(x, y).asMap().entrySet()) {
            if (!architecture.buffers().containsKey(entry.getKey())) {
                double squares = 0;
                for (int i = 0; i < entry.getValue().shape().elements(); i++) {
                    squares += entry.getValue().get(i) * entry.getValue().get(i);
                }
                sum += Math.sqrt(squares);
            }
        }
        return sum;
    }

    /** Returns where weights that the path has at {@code t} lie over the plane, and how far from it. */
    CurvePoint project(double t, Weights weights) {
        Weights a = corners.get(0);
        double u = product(architecture, a, corners.get(1), a, weights) / dx;
        double c = product(architecture, a, corners.get(2), a, weights);
        double v = (c - shift * u) / dy;
        double length = product(architecture, a, weights, a, weights);
        return new CurvePoint(t, u, v, Math.sqrt(Math.max(0, length - u * u - v * v)));
    }

    /** Returns a path over the plane at {@code points} evenly spaced t, both ends included. */
    public List<CurvePoint> project(Path path, int points) {
        List<CurvePoint> curve = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            double t = (double) i / (points - 1);
            curve.add(project(t, path.at(t)));
        }
        return curve;
    }
}
