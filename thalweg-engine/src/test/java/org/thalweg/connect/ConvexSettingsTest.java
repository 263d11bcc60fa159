package org.thalweg.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.thalweg.result.Loss;

class ConvexSettingsTest {
    private static ConvexSettings of(RefitLoss loss) {
        return new ConvexSettings(Lambda.OWN, 5, 1e-4, Optional.of(loss));
    }

    @Test
    void refitsMinimiseTheLossOfTheDataUnlessToldOtherwise() {
        assertThat(ConvexSettings.DEFAULTS.lossOn(Loss.CROSS_ENTROPY)).isEqualTo(RefitLoss.CROSS_ENTROPY);
        assertThat(ConvexSettings.DEFAULTS.lossOn(Loss.MEAN_SQUARED_ERROR)).isEqualTo(RefitLoss.SQUARED_ERROR);
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void squaredErrorIsOfLabelsAndOfTargets(Loss data) {
        assertThat(of(RefitLoss.SQUARED_ERROR).lossOn(data)).isEqualTo(RefitLoss.SQUARED_ERROR);
    }

    @Test
    void crossEntropyIsOfLabelsOnly() {
        ConvexSettings settings = of(RefitLoss.CROSS_ENTROPY);

        assertThat(settings.lossOn(Loss.CROSS_ENTROPY)).isEqualTo(RefitLoss.CROSS_ENTROPY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.lossOn(Loss.MEAN_SQUARED_ERROR))
                .withMessageContaining("cross-entropy, which needs labels, but the examples have real targets");
    }
}
