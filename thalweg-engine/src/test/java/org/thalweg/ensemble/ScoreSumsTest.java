package org.thalweg.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.thalweg.result.PredictionScore;

class ScoreSumsTest {
    private static double[] logs(double... probabilities) {
        double[] logs = new double[probabilities.length];
        for (int c = 0; c < logs.length; c++) {
            logs[c] = Math.log(probabilities[c]);
        }
        return logs;
    }

    @Test
    void calibrationErrorIsTheWeightedGapOfEachBin() {
        ScoreSums sums = new ScoreSums();
        sums.add(logs(0.9, 0.1), 0); // bin 14 of 15: (13/15, 14/15], right
        sums.add(logs(0.1, 0.9), 0); // the same bin, wrong
        sums.add(logs(0.4, 0.6), 1); // bin 9, right

        PredictionScore score = sums.score();

        // |1 − 1.8| / 3 + |1 − 0.6| / 3
        assertThat(score.calibrationError()).isCloseTo(0.4, within(1e-12));
        assertThat(score.accuracy()).isEqualTo(2 / 3.0);
        assertThat(score.loss()).isCloseTo(-(Math.log(0.9) + Math.log(0.1) + Math.log(0.6)) / 3, within(1e-12));
    }

    @Test
    void rightAndWrongOfOneBinCancelAsCalibrationHasIt() {
        ScoreSums sums = new ScoreSums();
        for (int i = 0; i < 10; i++) {
            sums.add(logs(0.7, 0.3), i < 7 ? 0 : 1);
        }

        assertThat(sums.score().calibrationError()).isCloseTo(0, within(1e-12));
    }

    @Test
    void certainPredictionsFallIntoTheLastBin() {
        ScoreSums sums = new ScoreSums();
        sums.add(new double[] {0, Double.NEGATIVE_INFINITY}, 0);

        assertThat(sums.score()).isEqualTo(new PredictionScore(1, 0, 0));
    }

    @Test
    void whatCannotDecideIsWrong() {
        ScoreSums sums = new ScoreSums();
        sums.add(logs(0.5, 0.5), 0);

        assertThat(sums.score().accuracy()).isZero();
    }

    @Test
    void blocksAddUp() {
        ScoreSums whole = new ScoreSums();
        ScoreSums first = new ScoreSums();
        ScoreSums second = new ScoreSums();
        for (int i = 0; i < 20; i++) {
            double p = 0.5 + i / 64.0; // sums of these are exact
            whole.add(logs(p, 1 - p), 0);
            (i < 13 ? first : second).add(logs(p, 1 - p), 0);
        }
        first.add(second);

        assertThat(first.score().calibrationError()).isCloseTo(whole.score().calibrationError(), within(1e-12));
        assertThat(first.score().accuracy()).isEqualTo(whole.score().accuracy());
    }
}
