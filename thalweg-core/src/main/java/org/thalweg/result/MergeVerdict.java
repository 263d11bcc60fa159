package org.thalweg.result;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Whether a merged network is worth using, judged on the test examples against the best of the networks it was made of.
 *
 * @param worthUsing whether it beats all of them in test loss or test accuracy
 * @param sentence the answer and the figures that it rests on
 */
public record MergeVerdict(boolean worthUsing, String sentence) {
    /**
     * Judges a merge.
     *
     * @param parents what the networks measure, at least one
     * @param merged what their merge measures
     */
    public static MergeVerdict of(List<Measures> parents, Measures merged) {
        double loss = best(parents, Measure.TEST_LOSS);
        double accuracy = best(parents, Measure.TEST_ACCURACY);
        boolean lowerLoss = merged.testLoss() < loss;
        boolean higherAccuracy = merged.testAccuracy() > accuracy;
        String figures = String.format(
                Locale.ROOT,
                "test loss %.4f against %.4f of the best network, test accuracy %.2f %% against %.2f %%.",
                merged.testLoss(),
                loss,
                100 * merged.testAccuracy(),
                100 * accuracy);
        return new MergeVerdict(
                lowerLoss || higherAccuracy, answer(lowerLoss, higherAccuracy, parents, merged) + ": " + figures);
    }

    private static String answer(boolean lowerLoss, boolean higherAccuracy, List<Measures> parents, Measures merged) {
        if (lowerLoss && higherAccuracy) {
            return "Worth using, the merged network is better than all that it was made of";
        }
        if (lowerLoss || higherAccuracy) {
            return "Worth using where " + (lowerLoss ? "loss" : "accuracy") + " counts, but not for its "
                    + (lowerLoss ? "accuracy" : "loss");
        }
        boolean within = parents.stream()
                .anyMatch(parent ->
                        merged.testLoss() <= parent.testLoss() && merged.testAccuracy() >= parent.testAccuracy());
        return within
                ? "Not worth using, the merged network lies between those that it was made of"
                : "Not worth using, the merged network is worse than each that it was made of";
    }

    private static double best(List<Measures> parents, Measure measure) {
        Comparator<Double> worse = (a, b) -> Double.compare(measure.excess(a, b), 0);
        return parents.stream().map(m -> m.get(measure)).min(worse).orElseThrow();
    }
}
