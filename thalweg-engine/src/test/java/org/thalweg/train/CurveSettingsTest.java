package org.thalweg.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.thalweg.data.Examples;
import org.thalweg.network.Architecture;

class CurveSettingsTest {
    private static final Architecture DENSE = Architecture.parse("linear(16,5) relu linear(5,2)");
    private static final Architecture CONVOLUTIONS =
            Architecture.parse("input(1,4,4) conv(1,3,3,nobias) relu flatten linear(12,2)");

    /** Returns examples of 16 inputs, half of which have that squared norm and half none. */
    private static Examples examples(double squaredNorm) {
        double[] values = new double[2 * 16];
        values[3] = Math.sqrt(squaredNorm);
        return Examples.of(values, new int[] {0, 1}, 16, 2);
    }

    private static double rate(CurveSettings settings, Architecture architecture, double squaredNorm) {
        return settings.of(architecture, examples(squaredNorm)).recipe().learningRate();
    }

    @Test
    void usualRateOfConvolutionsAndOfLongInputsIsATenth() {
        assertThat(rate(CurveSettings.DEFAULTS, DENSE, 790)).isEqualTo(0.1);
        assertThat(rate(CurveSettings.DEFAULTS, DENSE, 810)).isEqualTo(0.01);
        assertThat(rate(CurveSettings.DEFAULTS, CONVOLUTIONS, 1)).isEqualTo(0.01);
    }

    @Test
    void rateThatWasNamedHoldsForAll() {
        CurveSettings named = new CurveSettings(CurveSettings.DEFAULTS.recipe(), CurvePositions.UNIFORM);

        assertThat(rate(named, CONVOLUTIONS, 810)).isEqualTo(0.1);
    }

    @Test
    void textTellsTheRateThatHeld() {
        assertThat(CurveSettings.DEFAULTS.text()).endsWith(" t=uniform cautious-rate=0.01");
        assertThat(CurveSettings.DEFAULTS.of(CONVOLUTIONS, examples(1)).text())
                .contains(" rate=0.01 ")
                .endsWith(" t=uniform");
    }
}
