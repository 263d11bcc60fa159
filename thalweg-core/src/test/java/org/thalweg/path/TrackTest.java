package org.thalweg.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.network.Precision;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;

class TrackTest {
    private static Tensor matrix(double... values) {
        return Tensor.owning(Shape.of(2, values.length / 2), values);
    }

    @Test
    void pointIsTheWeightedSumOfTheControls() {
        Track chain = new Track(new PolygonalChain(3), List.of(matrix(0, 8), matrix(4, 4), matrix(2, 0)));

        assertThat(chain.at(0.25)).isEqualTo(matrix(2, 6));
        assertThat(chain.at(0.75)).isEqualTo(matrix(3, 2));
    }

    @Test
    void endsAreTheControlsThemselves() {
        Tensor start = matrix(0.1, -0.0);
        Tensor end = matrix(0.3, Double.MIN_VALUE);
        Track arc = new Track(ArcCurve.ARC, List.of(start, end, matrix(1e300, 1e300)));

        assertThat(arc.at(0)).isSameAs(start);
        assertThat(arc.at(1)).isSameAs(end);
    }

    // 1e8 + 1 - 1e8: summed in float32 nothing would be left
    @Test
    void sumIsRoundedOnceToThePrecisionOfTheStart() {
        Tensor start = Tensor.rounded(Shape.of(1), new double[] {1 << 26}, Precision.FLOAT32);
        Tensor end = Tensor.rounded(Shape.of(1), new double[] {-(1 << 26) + 8}, Precision.FLOAT32);

        Tensor middle = Track.linear(start, end).at(0.5);

        assertThat(middle.precision()).isEqualTo(Precision.FLOAT32);
        assertThat(middle.get(0)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void controlOfExtentOneStandsForEverySlice(int dimension) {
        Shape small = Shape.of(2, 3).with(dimension, 1);
        Tensor mean = Tensor.owning(small, dimension == 0 ? new double[] {1, 2, 3} : new double[] {1, 2});
        Track arc = new Track(ArcCurve.ARC, List.of(matrix(0, 0, 0, 0, 0, 0), matrix(0, 0, 0, 0, 0, 0), mean));

        double c = 1 - Math.sqrt(2);
        double[] middle = arc.at(0.5).toDoubles();

        for (int row = 0; row < 2; row++) {
            for (int column = 0; column < 3; column++) {
                double expected = c * (1 + (dimension == 0 ? column : row));
                assertThat(middle[3 * row + column]).isCloseTo(expected, within(1e-15));
            }
        }
    }

    @Test
    void restingTrackDoesNotMove() {
        Tensor tensor = matrix(1, 2);

        assertThat(Track.resting(tensor).at(0.3)).isSameAs(tensor);
        assertThat(Track.resting(tensor).moves()).isFalse();
        assertThat(Track.linear(tensor, tensor).moves()).isTrue();
    }

    @Test
    void controlsMustBeAsManyAsTheCurveHasAndFit() {
        assertThatThrownBy(() -> new Track(PolygonalChain.LINEAR, List.of(matrix(1, 2))))
                .hasMessage("linear has 2 controls but 1 were given.");
        assertThatThrownBy(() -> Track.linear(matrix(1, 2), matrix(1, 2, 3, 4)))
                .hasMessageContaining("[2, 2] does not fit a tensor of [2, 1]");
        assertThatThrownBy(() -> Track.linear(matrix(1, 2, 3, 4), matrix(1, 2)))
                .hasMessageContaining("the ends of a track have shapes [2, 2] and [2, 1] but must agree");
        assertThatThrownBy(() -> Track.linear(matrix(1, 2), Tensor.owning(Shape.of(2), new double[2])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
    void positionMustLieBetweenTheEnds(double t) {
        assertThatThrownBy(() -> Track.linear(matrix(1, 2), matrix(1, 2)).at(t))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("t is " + t + " but must lie between 0 and 1.");
    }

    /** cos(πt/2) is 1 to rounding here, sin(πt/2) is not 0. */
    @Test
    void arcMovesFromItsVeryStart() {
        Tensor start = Tensor.owning(Shape.of(1), new double[] {0});
        Tensor end = Tensor.owning(Shape.of(1), new double[] {1});
        Track arc = new Track(ArcCurve.ARC, List.of(start, end, start));

        assertThat(arc.at(1e-9).get(0)).isCloseTo(Math.PI / 2 * 1e-9, within(1e-20));
        assertThat(arc.at(0)).isEqualTo(start);
    }
}
