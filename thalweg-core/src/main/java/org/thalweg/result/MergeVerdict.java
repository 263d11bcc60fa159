package org.thalweg.result;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether a merged network is worth using, judged on the test examples against the best of the networks it was made of.
 *
 * @param worthUsing whether it beats all of them in test loss or, where there is one, test accuracy
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
        List<Measure> judged =
                merged.loss().measures().stream().filter(Measure::isTest).toList();
        List<Measure> better = judged.stream()
                .filter(measure -> measure.excess(best(parents, measure), merged.get(measure)) > 0)
                .toList();
        String figures = judged.stream()
                .map(measure -> figure(measure, merged.get(measure), best(parents, measure)))
                .collect(Collectors.joining(", "));
        return new MergeVerdict(!better.isEmpty(), answer(judged, better, parents, merged) + ": " + figures + ".");
    }

    private static String figure(Measure measure, double merged, double best) {
        return measure.isLoss()
                ? String.format(Locale.ROOT, "test loss %.4f against %.4f of the best network", merged, best)
                : String.format(Locale.ROOT, "test accuracy %.2f %% against %.2f %%", 100 * merged, 100 * best);
    }

    private static String answer(List<Measure> judged, List<Measure> better, List<Measures> parents, Measures merged) {
        if (better.equals(judged)) {
            return "Worth using, the merged network is better than all that it was made of";
        }
        if (!better.isEmpty()) {
            boolean lowerLoss = better.contains(Measure.TEST_LOSS);
            return "Worth using where " + (lowerLoss ? "loss" : "accuracy") + " counts, but not for its "
                    + (lowerLoss ? "accuracy" : "loss");
        }
        boolean reached = judged.stream()
                .anyMatch(m -> parents.stream().anyMatch(parent -> m.excess(merged.get(m), parent.get(m)) <= 0));
        return reached
                ? "Not worth using, the merged network is no better than the best of those that it was made of"
                : "Not worth using, the merged network is worse than each that it was made of";
    }

    private static double best(List<Measures> parents, Measure measure) {
        Comparator<Double> worse = (a, b) -> Double.compare(measure.excess(a, b), 0);
        return parents.stream().map(m -> m.get(measure)).min(worse).orElseThrow();
    }
}
