package org.thalweg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.network.Architecture;
import org.thalweg.network.Network;
import org.thalweg.network.Provenance;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

class PathTest {
    private static final Architecture LAYERS = Architecture.parse("linear(1,1,nobias)");

    private static Tensor slope(double value) {
        return Tensor.owning(Shape.of(1, 1), new double[] {value});
    }

    private static Leg leg(String name, double from, double to) {
        return new CurveLeg(name, Map.of("0.weight", Track.linear(slope(from), slope(to))));
    }

    /** Returns a path through 0, 1, 2, … with a leg between each two. */
    private static Path staircase(int legs) {
        List<Leg> all = new ArrayList<>();
        for (int i = 0; i < legs; i++) {
            all.add(leg("leg " + i, i, i + 1));
        }
        return new Path(LAYERS, "stairs", all, Provenance.UNKNOWN);
    }

    @Test
    void legsShareTheRangeEqually() {
        Path path = staircase(4);

        assertThat(path.at(0.125).get("0.weight").get(0)).isEqualTo(0.5);
        assertThat(path.at(0.875).get("0.weight").get(0)).isEqualTo(3.5);
        assertThat(path.t(2, 0.5)).isEqualTo(0.625);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 10, 49, 97})
    void sharedPositionIsTheEndOfTheEarlierLeg(int legs) {
        Path path = staircase(legs);

        for (int i = 1; i <= legs; i++) {
            assertThat(path.legAt((double) i / legs)).isEqualTo(new Path.Position(i - 1, 1));
            assertThat(path.legAt(path.t(i - 1, 1))).isEqualTo(new Path.Position(i - 1, 1));
            assertThat(path.at((double) i / legs).get("0.weight").get(0)).isEqualTo(i);
        }
        assertThat(path.legAt(0)).isEqualTo(new Path.Position(0, 0));
    }

    @ParameterizedTest
    @CsvSource({"3, 0.1", "3, 0.5", "7, 0.999", "13, 0.001"})
    void positionOfALegIsFoundAgain(int legs, double s) {
        Path path = staircase(legs);

        for (int leg = 0; leg < legs; leg++) {
            Path.Position found = path.legAt(path.t(leg, s));
            assertThat(found.leg()).isEqualTo(leg);
            assertThat(found.s()).isCloseTo(s, within(legs * 1e-15));
        }
    }

    @Test
    void networkSaysWhereItLies() {
        Network network = staircase(2).networkAt(0.25);

        assertThat(network.weights().get("0.weight").get(0)).isEqualTo(0.5);
        assertThat(network.provenance().facts())
                .containsEntry("method", "stairs")
                .containsEntry("t", "0.25");
    }

    @Test
    void placesAreFoundByLegAndItsOwnPosition() {
        Path path = new Path(LAYERS, "two", List.of(leg("curve", 0, 1), leg("output", 1, 3)), Provenance.UNKNOWN);

        Network network = path.networkAt(path.onLeg("output", 0.5));

        assertThat(path.onLeg("output", 0)).isEqualTo(new Path.Position(1, 0));
        assertThat(network.weights().get("0.weight").get(0)).isEqualTo(2);
        assertThat(network.provenance().facts()).containsEntry("t", "0.75").containsEntry("leg", "output");
        assertThatThrownBy(() -> path.onLeg("reorder", 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the path has no leg 'reorder'; its legs are curve, output.");
        assertThatThrownBy(() -> path.onLeg("curve", 1.5)).hasMessageContaining("must lie between 0 and 1");
    }

    @Test
    void legsMustMeet() {
        List<Leg> apart = List.of(leg("curve", 0, 1), leg("output", 1.5, 2));

        assertThatThrownBy(() -> new Path(LAYERS, "none", apart, Provenance.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("leg 'output' does not start where leg 'curve' ends.");
    }

    @Test
    void zeroAndMinusZeroDoNotMeet() {
        List<Leg> apart = List.of(leg("curve", 1, 0.0), leg("output", -0.0, 2));

        assertThatThrownBy(() -> new Path(LAYERS, "none", apart, Provenance.UNKNOWN))
                .hasMessageContaining("does not start where");
    }

    @Test
    void needsALegThatFitsItsArchitecture() {
        assertThatThrownBy(() -> new Path(LAYERS, "none", List.of(), Provenance.UNKNOWN))
                .hasMessage("a path needs at least one leg.");
        Architecture wide = Architecture.parse("linear(2,1,nobias)");
        assertThatThrownBy(() -> new Path(wide, "none", List.of(leg("curve", 0, 1)), Provenance.UNKNOWN))
                .hasMessageContaining("tensor '0.weight' has shape [1, 1] but");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, 1.0000001, Double.NaN})
    void positionMustLieBetweenTheEnds(double t) {
        assertThatThrownBy(() -> staircase(2).at(t))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("t is " + t + " but must lie between 0 and 1.");
    }
}
