package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.thalweg.network.Architecture;

class CurveSettingsTest {
    private static final Architecture DENSE = Architecture.parse("linear(4,5) relu linear(5,2)");
    private static final Architecture CONVOLUTIONS =
            Architecture.parse("input(1,4,4) conv(1,3,3,nobias) relu flatten linear(12,3)");

    private static double rate(CurveSettings settings, Architecture architecture) {
        return settings.of(architecture).recipe().learningRate();
    }

    @Test
    void usualRateOfConvolutionsIsATenthAndANamedOneHoldsForAll() {
        CurveSettings named = new CurveSettings(CurveSettings.DEFAULTS.recipe(), CurvePositions.UNIFORM);

        assertThat(rate(CurveSettings.DEFAULTS, DENSE)).isEqualTo(0.1);
        assertThat(rate(CurveSettings.DEFAULTS, CONVOLUTIONS)).isEqualTo(0.01);
        assertThat(rate(named, CONVOLUTIONS)).isEqualTo(0.1);
    }

    @Test
    void textTellsTheRateThatHeld() {
        assertThat(CurveSettings.DEFAULTS.text()).endsWith(" t=uniform convolutions-rate=0.01");
        assertThat(CurveSettings.DEFAULTS.of(CONVOLUTIONS).text())
                .contains(" rate=0.01 ")
                .endsWith(" t=uniform");
    }
}
