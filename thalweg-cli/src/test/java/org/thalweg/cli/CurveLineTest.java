package org.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.thalweg.network.Shape;
import org.thalweg.network.Tensor;
import org.thalweg.network.Weights;
import org.thalweg.train.CurveEpoch;
import org.thalweg.train.CurveState;

class CurveLineTest {
    private static CurveEpoch epoch(List<Double> profile) {
        Weights one = Weights.of(Map.of("w", Tensor.owning(Shape.of(1), new float[1])));
        CurveState state = new CurveState(7, List.of(one, one, one), List.of(one));
        return new CurveEpoch(state, 20, 0.0421, profile);
    }

    @Test
    void barsAreHighWhereTheLossIs() {
        assertThat(CurveLine.text(epoch(List.of(0.01, 0.08, Double.NaN, 0.05)), OptionalLong.of(83)))
                .isEqualTo("epoch 7/20, loss 0.0421, by t ▁█ ▅ 0.0100 to 0.0800, 1:23 left");
    }

    @Test
    void anEvenProfileAndAnUnknownTimeAreNoTrouble() {
        assertThat(CurveLine.text(epoch(List.of(0.5, 0.5)), OptionalLong.empty()))
                .isEqualTo("epoch 7/20, loss 0.0421, by t ▁▁ 0.5000 to 0.5000");
    }
}
