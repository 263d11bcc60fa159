package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thalweg.report.Tables.path;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.thalweg.panel.Table;
import org.thalweg.run.PathResult;

/** Ends have a test accuracy of 75 %. */
class AnswerTest {
    private static String sentence(PathResult... results) {
        return new Answer(Tables.of(results)).sentence();
    }

    @Test
    void methodThatStaysHighestOnTheWholePathIsNamed() {
        assertThat(sentence(path("linear", 0.25), path("ot", 0.1875)))
                .isEqualTo(
                        "Of 2 methods ot stays highest: its worst test accuracy on the whole path is 62.50 %; the end"
                                + " points have 75.00 %.");
    }

    @Test
    void methodWhoseReorderingIsBadIsHighestAlongItsCurveOnly() {
        assertThat(sentence(path("linear", 0.25), path("ot+wa", 0.15625, 0.3125)))
                .isEqualTo(
                        "Of 2 methods linear stays highest: its worst test accuracy on the whole path is 50.00 %; the"
                                + " end points have 75.00 %. Along the curve alone, as published tables compare, ot+wa stays"
                                + " highest: 68.75 %.");
    }

    @Test
    void methodThatIsEqualAlongItsCurveOnlyIsTold() {
        assertThat(sentence(path("linear", 0.25), path("ot", 0.25, 0.3)))
                .startsWith("Of 2 methods linear stays highest: ")
                .endsWith(
                        " Along the curve alone, as published tables compare, linear and ot stay equally high: 50.00 %.");
    }

    @Test
    void winnerWhoseCurveIsBetterThanItsPathIsToldWithBoth() {
        assertThat(sentence(path("linear", 0.25), path("ot", 0.15625, 0.1875)))
                .startsWith("Of 2 methods ot stays highest: its worst test accuracy on the whole path is 62.50 %;")
                .endsWith(" Along the curve alone, as published tables compare, that worst is 68.75 %.");
    }

    @Test
    void oneMethodIsNoWinner() {
        assertThat(sentence(path("ot", 0.15625, 0.1875)))
                .isEqualTo(
                        "One method was tried, ot: its worst test accuracy on the whole path is 62.50 %; the end points"
                                + " have 75.00 %. Along the curve alone, as published tables compare, that worst is 68.75 %.");
    }

    @Test
    void equalMethodsShareTheFirstPlace() {
        assertThat(sentence(
                        path("linear", 0.25), path("linear+ca", 0.125), path("arc+ca", 0.125), path("ot+ca", 0.125)))
                .startsWith("Of 4 methods linear+ca, arc+ca and ot+ca stay equally high: their worst test accuracy on"
                        + " the whole path is 75.00 %;");
    }

    @Test
    void methodsThatPrintAlikeAreEqual() {
        assertThat(sentence(path("linear", 0.25), path("arc", 0.25001)))
                .startsWith("Both methods stay equally high: their worst test accuracy");
    }

    @Test
    void tableWithoutPathsSaysSo() {
        Table empty = new Table(
                List.of(), 0, false, List.of(), Tables.of(path("ot", 0.25)).loss());

        assertThat(new Answer(empty).sentence()).isEqualTo("No path could be measured.");
    }
}
