package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.thalweg.report.Tables.path;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.network.Architecture;
import org.thalweg.result.TrainingCost;
import org.thalweg.run.PathResult;

/** Ends have a training accuracy of 87.5 %, and chance is 10 %. */
class ReasonsTest {
    private static final Optional<Architecture> LAYERS = Optional.of(Architecture.named("mlp-8", 5, 10));
    private static final String NOT_ALIGNED =
            " Likely reason: the networks are not aligned. Unit i of one is led to unit"
                    + " i of the other, though units of separately trained networks have no common order.";

    private static PathResult trained(String method, double worstLoss) {
        PathResult plain = path(method, worstLoss);
        return new PathResult(
                plain.method(),
                plain.program(),
                plain.a(),
                plain.b(),
                plain.data(),
                plain.profile(),
                plain.assignment(),
                Optional.of(new TrainingCost(20, 400)),
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> reasons(PathResult... results) {
        return new Reasons(Tables.of(results), List.of(results), LAYERS, false).sentences();
    }

    @Test
    void pathsThatLoseLittleNeedNoReason() {
        assertThat(reasons(path("linear", 0.14))).isEmpty();
    }

    @Test
    void pathWithoutMatchingIsNotAligned() {
        assertThat(reasons(path("linear", 0.25), path("arc", 0.1875)))
                .containsExactly("linear loses 12.5 points of training accuracy, arc 6.3." + NOT_ALIGNED
                        + " Try ot+wa, which matches them.");
    }

    @Test
    void matchingIsJudgedByTheMethodThatDiffersInNothingElse() {
        assertThat(reasons(path("linear", 0.25), path("linear+wa", 0.1875), path("ot", 0.14), path("ot+wa", 0.13)))
                .containsExactly("linear loses 12.5 points of training accuracy, linear+wa 6.3." + NOT_ALIGNED
                        + " With units matched, ot loses 1.5, ot+wa 0.5.");
    }

    @Test
    void refitThatMendsAPathIsNotTakenForMatching() {
        assertThat(reasons(path("linear", 0.25), path("linear+ca", 0.125), path("ot", 0.14), path("ot+ca", 0.125)))
                .containsExactly("linear loses 12.5 points of training accuracy." + NOT_ALIGNED
                        + " With units matched, ot loses 1.5.");
    }

    @Test
    void whereTheLikeMethodWasNotRunTheBestMatchedOneIsNamed() {
        assertThat(reasons(path("linear", 0.25), path("ot+wa", 0.13), path("ot+ca", 0.14)))
                .containsExactly("linear loses 12.5 points of training accuracy." + NOT_ALIGNED
                        + " The best method tried that matches them does better: ot+wa loses 0.5.");
    }

    @Test
    void matchingThatMendsNothingIsNoReasonAndNotAdvised() {
        assertThat(reasons(path("linear", 0.25), path("ot+wa", 0.3)))
                .startsWith("linear loses 12.5 points of training accuracy. Matching their units mends nothing: ot+wa"
                        + " loses 17.5.")
                .noneMatch(reason -> reason.contains("aligned") || reason.contains("Try"));
    }

    @Test
    void matchingThatMendsLessThanHalfIsNoReason() {
        assertThat(reasons(path("linear", 0.25), path("ot", 0.1975)))
                .startsWith(
                        "linear loses 12.5 points of training accuracy. Matching their units mends a part of that: ot"
                                + " loses 7.3.");
    }

    @Test
    void alignmentIsExplainedOnce() {
        assertThat(reasons(path("linear", 0.25), path("linear+wa", 0.25), path("ot+wa", 0.13)))
                .containsExactly(
                        "linear+wa loses 12.5 points of training accuracy." + NOT_ALIGNED
                                + " With units matched, ot+wa loses 0.5.",
                        "linear loses 12.5 points of training accuracy. Likely reason: the networks are not aligned. The"
                                + " best method tried that matches them does better: ot+wa loses 0.5.");
    }

    @Test
    void pathsLostInTheReorderingAreToldApartFromTheirCurves() {
        assertThat(reasons(path("linear", 0.25), path("ot+wa", 0.135, 0.3)))
                .containsExactly(
                        "linear loses 12.5 points of training accuracy." + NOT_ALIGNED
                                + " Matching them mends the curve only: ot+wa loses 17.5 (1.0 along its curve).",
                        "ot+wa loses 17.5 points of training accuracy (1.0 along its curve): the curve stays good, and"
                                + " the re-ordering behind it, which swaps units back into their own order, does not."
                                + " Likely reason: the hidden layers (8 units) are so narrow that each swap moves much"
                                + " of a layer. In a wider network a swap moves less.");
    }

    @Test
    void matchedPathWhoseCurveIsBadIsTooNarrow() {
        assertThat(reasons(path("ot", 0.25)))
                .singleElement()
                .asString()
                .startsWith("ot loses 12.5 points of training accuracy, although units are matched. Likely reason: the"
                        + " hidden layers (8 units) are too narrow")
                .endsWith("; a wider network, +ca or a trained curve may do better.");
    }

    @Test
    void pathWhoseCurveIsBadTooIsNotLostInTheReordering() {
        assertThat(reasons(path("ot", 0.25, 0.3)))
                .singleElement()
                .asString()
                .startsWith(
                        "ot loses 17.5 points of training accuracy (12.5 along its curve), although units are matched.");
    }

    /** The other pair's worst point is on its curve, and harmless. */
    @Test
    void onlyPairsThatAreBadAreAskedWhere() {
        assertThat(reasons(path("ot", 0.135, 0.3), path("ot", 0.13, 0.125)))
                .singleElement()
                .asString()
                .contains("the curve stays good, and the re-ordering behind it");
    }

    @Test
    void whatWasRunIsNotAdvised() {
        assertThat(reasons(path("ot+ca", 0.25)))
                .first()
                .asString()
                .endsWith("; a wider network or a trained curve may do better.");
        assertThat(reasons(path("ot", 0.25), trained("garipov-3", 0.14), path("ot+ca", 0.125)))
                .singleElement()
                .asString()
                .endsWith("; a wider network may do better.");
    }

    @Test
    void sideBySideARunIsJudgedByItsOwnMethods() {
        assertThat(reasons(path("linear · one", 0.25), path("ot · one", 0.14), path("linear · two", 0.25)))
                .containsExactly(
                        "linear · two loses 12.5 points of training accuracy." + NOT_ALIGNED
                                + " Try ot+wa, which matches them.",
                        "linear · one loses 12.5 points of training accuracy. Likely reason: the networks are not"
                                + " aligned. With units matched, ot · one loses 1.5.");
    }

    @Test
    void curveAtChanceWasTrainedTooFast() {
        assertThat(reasons(trained("garipov-3", 0.9)))
                .containsExactly(
                        "garipov-3 loses 77.5 points of training accuracy. Its training fell to chance; set a lower"
                                + " --curve-learning-rate.");
    }

    @Test
    void curveAboveChanceWasNotTrainedLongEnough() {
        assertThat(reasons(trained("garipov-3", 0.25)))
                .containsExactly(
                        "garipov-3 loses 12.5 points of training accuracy. Likely reason: it was not trained long"
                                + " enough; more --curve-epochs, or a start such as ot:garipov-3, lead further.");
    }

    @Test
    void curveIsNotAdvisedAStartThatItHasOrThatWasRun() {
        assertThat(reasons(trained("garipov-3", 0.25), trained("ot:garipov-3", 0.25)))
                .containsExactly(
                        "garipov-3 loses 12.5 points of training accuracy. Likely reason: it was not trained long"
                                + " enough; more --curve-epochs lead further.",
                        "ot:garipov-3 loses 12.5 points of training accuracy. Likely reason: it was not trained long"
                                + " enough; more --curve-epochs lead further.");
    }
}
