package org.thalweg.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergeVerdictTest {
    private static final List<Measures> PARENTS =
            List.of(new Measures(0.1, 0.9, 0.2, 0.8), new Measures(0.1, 0.9, 0.3, 0.82));

    private static MergeVerdict of(double testLoss, double testAccuracy) {
        return MergeVerdict.of(PARENTS, new Measures(0.5, 0.5, testLoss, testAccuracy));
    }

    @Test
    void betterThanTheBestOfEachMeasureIsWorthUsing() {
        assertThat(of(0.19, 0.83))
                .isEqualTo(new MergeVerdict(
                        true,
                        "Worth using, the merged network is better than all that it was made of: test loss 0.1900 against "
                                + "0.2000 of the best network, test accuracy 83.00 % against 82.00 %."));
    }

    @Test
    void betterInOneMeasureIsWorthUsingForThatOne() {
        assertThat(of(0.19, 0.82).sentence()).startsWith("Worth using where loss counts, but not for its accuracy: ");
        assertThat(of(0.2, 0.83).sentence()).startsWith("Worth using where accuracy counts, but not for its loss: ");
        assertThat(of(0.19, 0.81).worthUsing()).isTrue();
    }

    @Test
    void otherwiseItIsNotAndTheSentenceSaysHowBad() {
        assertThat(of(0.25, 0.82).sentence())
                .startsWith("Not worth using, the merged network is no better than the best");
        assertThat(of(0.4, 0.81).sentence())
                .startsWith("Not worth using, the merged network is no better than the best");
        assertThat(of(0.4, 0.5).sentence()).startsWith("Not worth using, the merged network is worse than each");
        assertThat(of(0.4, 0.5).worthUsing()).isFalse();
        assertThat(of(Double.NaN, 0.5).worthUsing()).isFalse();
    }
}
