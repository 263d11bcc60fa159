package org.thalweg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.thalweg.engine.Scoring.Score;

class LogitsTest {
    private final Scope scope = openScope();

    private static Scope openScope() {
        Engine.start(1).close(); // loads the natives
        return Scope.open();
    }

    @AfterEach
    void closeScope() {
        scope.close();
    }

    private static Score single(int label, float... logits) {
        return Logits.against(new int[] {label}).score(DeviceTensor.of(logits, logits.length, 1));
    }

    @Test
    void equalLogitsLoseTheLogarithmOfTheClassesAndAreWrong() {
        Score score = single(1, 2, 2, 2, 2);

        assertThat(score.loss()).isCloseTo(Math.log(4), within(1e-7));
        assertThat(score.right()).isZero();
    }

    // ln(1 + e^-d) for a margin d: in float32, 1 + e^-20 is 1, so its logarithm must not be taken
    @ParameterizedTest
    @CsvSource({
        "0.5, 0.47407698418010663",
        "5, 0.006715348489118068",
        "20, 2.061153620314381e-9",
        "60, 8.75651076269652e-27",
        "-20, 20.000000002061153",
        "-1e10, 1e10"
    })
    void lossKeepsItsDigitsFromTinyToHuge(float margin, double expected) {
        assertThat(single(0, margin, 0).loss()).isCloseTo(expected, within(3e-7 * expected));
        assertThat(single(1, 1000, 1000 + margin).loss())
                .as("shifted by 1000")
                .isCloseTo(expected, within(3e-7 * expected));
        assertThat(single(0, margin, 0).right()).isEqualTo(margin > 0 ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {1e30f, 3e38f})
    void hugeLogitsDoNotOverflow(float huge) {
        assertThat(single(0, huge, 0, -1).loss()).isZero();
        assertThat(single(1, huge, 0, -1).loss()).isCloseTo(huge, within(1e-7 * huge));
    }

    @ParameterizedTest
    @CsvSource({"NaN, 0", "0, NaN", "NaN, NaN", "Infinity, Infinity"})
    void outputThatCannotDecideIsWrong(float first, float second) {
        Score score = single(0, first, second);

        assertThat(score.right()).isZero();
        assertThat(score.loss()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 101})
    void scoresAreThoseOfTheFormulaInDouble(int classes) {
        SplittableRandom random = new SplittableRandom(classes);
        int examples = 37;
        int points = 5;
        double[] logits =
                random.doubles((long) points * classes * examples, -20, 20).toArray();
        int[] labels = random.ints(examples, 0, classes).toArray();

        Score[] scores =
                Logits.against(labels).scoreInPlace(DeviceTensor.of(logits.clone(), points, classes, examples));

        for (int p = 0; p < points; p++) {
            double loss = 0;
            long right = 0;
            for (int i = 0; i < examples; i++) {
                double sum = 0;
                boolean greatest = true;
                double own = logits[(p * classes + labels[i]) * examples + i];
                for (int k = 0; k < classes; k++) {
                    double other = logits[(p * classes + k) * examples + i];
                    sum += Math.exp(other - own);
                    greatest &= k == labels[i] || own > other;
                }
                loss += Math.log(sum);
                right += greatest ? 1 : 0;
            }
            assertThat(scores[p].loss()).isCloseTo(loss, within(1e-13 * loss));
            assertThat(scores[p].right()).isEqualTo(right);
        }
    }

    @Test
    void scoringLeavesTheLogitsAsTheyWere() {
        DeviceTensor logits = DeviceTensor.of(new float[] {1, 2, 3, 4}, 2, 2);

        Logits.against(new int[] {0, 1}).score(logits);

        assertThat(logits.toDoubles()).containsExactly(1, 2, 3, 4);
    }
}
