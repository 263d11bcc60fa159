package org.thalweg.plane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.thalweg.network.Architecture;
import org.thalweg.network.MismatchException;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.path.CurveLeg;
import org.thalweg.path.Path;
import org.thalweg.path.PolygonalChain;
import org.thalweg.path.Track;
import org.thalweg.result.PlaneProfile.CurvePoint;

class PlaneTest {
    private static final Architecture ARCHITECTURE = Architecture.parse("linear(1,1) relu linear(1,2)");

    /** A network of six weights; the first three are given, the others rest. */
    private static Network network(double... first) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int next = 0;
        for (Map.Entry<String, Shape> entry : ARCHITECTURE.tensors().entrySet()) {
            double[] values = new double[entry.getValue().elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = next < first.length ? first[next++] : 0.5;
            }
            tensors.put(entry.getKey(), Tensor.owning(entry.getValue(), values));
        }
        return new Network(ARCHITECTURE, Weights.of(tensors), Provenance.UNKNOWN);
    }

    private static double first(Weights weights) {
        return weights.get("0.weight").get(0);
    }

    private static double second(Weights weights) {
        return weights.get("0.bias").get(0);
    }

    @Test
    void axesAreThoseOfTheReference() {
        Plane plane = Plane.through(network(1, 1), network(5, 1), network(4, 4));

        assertThat(plane.width()).isEqualTo(4);
        assertThat(plane.height()).isEqualTo(3);
        assertThat(plane.shift()).isEqualTo(3);
        assertThat(first(plane.at(2, 1))).isCloseTo(3, within(1e-12)); // x and y are distances from A
        assertThat(second(plane.at(2, 1))).isCloseTo(2, within(1e-12));
    }

    @Test
    void cornersAreTheNetworks() {
        Plane plane = Plane.through(network(1, 1), network(5, 1), network(4, 4));

        assertThat(plane.at(0, 0)).isEqualTo(network(1, 1).weights());
        assertThat(first(plane.at(4, 0))).isCloseTo(5, within(1e-12));
        assertThat(second(plane.at(3, 3))).isCloseTo(4, within(1e-12));
    }

    @Test
    void rowRunsStraightThroughTheSamePoints() {
        Plane plane = Plane.through(network(1, 1), network(5, 1), network(4, 4));

        Path row = plane.row(1, -1, 5);

        assertThat(first(row.at(0.5))).isCloseTo(first(plane.at(2, 1)), within(1e-12));
        assertThat(row.at(0)).isEqualTo(plane.at(-1, 1));
    }

    @Test
    void pathIsProjectedAndItsDistanceToldByPythagoras() {
        Plane plane = Plane.through(network(1, 1, 1), network(5, 1, 1), network(4, 4, 1));
        Network aside = network(3, 3, 3); // two above the plane
        Map<String, Track> tracks = new LinkedHashMap<>();
        network(1, 1, 1)
                .weights()
                .asMap()
                .forEach((name, tensor) -> tracks.put(
                        name,
                        new Track(
                                new PolygonalChain(3),
                                List.of(
                                        tensor,
                                        aside.weights().get(name),
                                        network(5, 1, 1).weights().get(name)))));
        Path path = new Path(ARCHITECTURE, "garipov-3", List.of(new CurveLeg("curve", tracks)), Provenance.UNKNOWN);

        List<CurvePoint> curve = plane.project(path, 3);

        assertThat(curve.get(1).x()).isCloseTo(2, within(1e-12));
        assertThat(curve.get(1).y()).isCloseTo(2, within(1e-12));
        assertThat(curve.get(1).distance()).isCloseTo(2, within(1e-12));
        assertThat(curve.get(2).x()).isCloseTo(4, within(1e-12));
        assertThat(curve.get(2).distance()).isCloseTo(0, within(1e-6));
    }

    @Test
    void normsAreSummedOverTensorsNotSquared() {
        Plane plane = Plane.through(network(3, 0), network(5, 0), network(4, 4));

        double rest = Math.sqrt(2 * 0.25) + Math.sqrt(2 * 0.25); // output weights and biases, two each
        assertThat(plane.norms(0, 0)).isCloseTo(3 + 0 + rest, within(1e-12));
    }

    @Test
    void networksOnOneLineSpanNoPlane() {
        assertThatThrownBy(() -> Plane.through(network(1, 1), network(5, 5), network(3, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lie on one line");
        assertThatThrownBy(() -> Plane.through(network(1, 1), network(1, 1), network(3, 4)))
                .hasMessageContaining("lie on one line");
    }

    @Test
    void networksMustBeAlike() {
        Architecture other = Architecture.parse("linear(1,2)");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        other.tensors().forEach((name, shape) -> tensors.put(name, Tensor.owning(shape, new double[shape.elements()])));
        Network wide = new Network(other, Weights.of(tensors), Provenance.UNKNOWN);

        assertThatThrownBy(() -> Plane.through(network(1, 1), network(5, 1), wide))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("must be alike");
    }
}
