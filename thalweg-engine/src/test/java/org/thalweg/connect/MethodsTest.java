package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.thalweg.path.BezierCurve;
import org.thalweg.path.PolygonalChain;

class MethodsTest {
    @Test
    void trainedCurvesStartFromTheStraightLineOrFromWhatStandsBeforeTheColon() {
        assertThat(Methods.named("garipov-3")).isInstanceOfSatisfying(TrainedCurve.class, trained -> {
            assertThat(trained.curve()).isEqualTo(new PolygonalChain(3));
            assertThat(trained.start()).isInstanceOf(NeuronPath.class);
        });
        assertThat(ofAlike("ot+wa:bezier-17")).isInstanceOfSatisfying(TrainedCurve.class, trained -> {
            assertThat(trained.name()).isEqualTo("ot+wa:bezier-17");
            assertThat(trained.curve()).isEqualTo(new BezierCurve(17));
            assertThat(trained.start()).isInstanceOf(WeightAdjustment.class);
        });
        assertThat(ofAlike("ot:garipov-3:bezier-4"))
                .isInstanceOfSatisfying(
                        TrainedCurve.class,
                        trained -> assertThat(trained.start())
                                .isInstanceOfSatisfying(
                                        TrainedCurve.class,
                                        inner -> assertThat(inner.name()).isEqualTo("ot:garipov-3")));
    }

    /** Returns what a method of transport does with networks of one architecture. */
    private static Connector ofAlike(String name) {
        return ((OtherWidths) Methods.named(name)).alike();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ott            | unknown method 'ott'; did you mean 'ot'?
            ot+aw          | unknown method 'ot+aw'; did you mean 'ot+wa'?
            ott:garipov-3  | unknown method 'ott'; did you mean 'ot'?
            garipv-3       | unknown method 'garipv-3'; did you mean 'garipov-K'?
            ot:bezir-3     | unknown method 'bezir-3'; did you mean 'bezier-K'?
            garipov-K      | method 'garipov-K': K is the number of control points, both ends counted, from 3 to 1000; try garipov-3.
            garipov-2      | method 'garipov-2': K is the number of control points, both ends counted, from 3 to 1000; try garipov-3.
            ot:bezier-1001 | method 'bezier-1001': K is the number of control points, both ends counted, from 3 to 1000; try bezier-3.
            """)
    void whatIsNoMethodIsRefusedWithASentence(String name, String sentence) {
        assertThatThrownBy(() -> Methods.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @Test
    void namesOfTheCatalogueThatTrainNothingAreMethods() {
        assertThat(Methods.names()).contains("linear", "ot+wa").noneMatch(name -> name.contains("K"));
        assertThat(Methods.names())
                .allSatisfy(name -> assertThat(Methods.named(name)).isNotNull());
    }
}
