package org.thalweg.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.thalweg.network.Architecture;
import org.thalweg.panel.Table;
import org.thalweg.result.TrainingCost;
import org.thalweg.run.PathResult;
import org.thalweg.run.Results;

/** Ends have a training accuracy of 0.875, and chance is 0.1. */
class AnswerTest {
    private static final Optional<Architecture> LAYERS = Optional.of(Architecture.named("mlp-8", 5, 10));

    private static PathResult trained(double worstLoss) {
        PathResult plain = Results.curve("garipov-3", "a", "b", 0.125, worstLoss, 0.125);
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

    private static Answer answer(PathResult result) {
        return new Answer(Table.of(result), LAYERS, false);
    }

    @Test
    void pathsThatLoseLittleNeedNoReason() {
        assertThat(answer(Results.curve("linear", "a", "b", 0.125, 0.14, 0.125)).reasons())
                .isEmpty();
    }

    @Test
    void pathWithoutMatchingIsNotAligned() {
        assertThat(answer(Results.curve("linear", "a", "b", 0.125, 0.25, 0.125)).reasons())
                .singleElement()
                .asString()
                .startsWith(
                        "linear loses 12.5 points of training accuracy. Likely reason: the networks are not aligned.");
    }

    @Test
    void curveAtChanceWasTrainedTooFast() {
        assertThat(answer(trained(0.9)).reasons())
                .containsExactly(
                        "garipov-3 loses 77.5 points of training accuracy. Its training fell to chance; set a lower"
                                + " --curve-learning-rate.");
    }

    @Test
    void curveAboveChanceWasNotTrainedLongEnough() {
        assertThat(answer(trained(0.25)).reasons())
                .containsExactly(
                        "garipov-3 loses 12.5 points of training accuracy. Likely reason: it was not trained long"
                                + " enough; more --curve-epochs, or a start such as ot:garipov-3, lead further.");
    }
}
