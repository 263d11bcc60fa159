package org.thalweg.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.panel.Table;
import org.thalweg.panel.Table.Row;
import org.thalweg.result.Measure;

/**
 * What a table says, in a sentence, and the likely reason where a path came out bad: more than two points of training accuracy
 * below the end points, the bound under which Frankle et al. (2020, arXiv:1912.05671) call networks connected. Where there is no
 * accuracy, more than twice the end points' training loss.
 *
 * @param table the table
 * @param architecture the networks', where it is known
 * @param isStale whether statistics of batch norm are not estimated anew along paths
 */
record Answer(Table table, Optional<Architecture> architecture, boolean isStale) {
    private static final double BAD = 0.02;

    /** An accuracy of less than so many times chance is called chance: classes are not of one size. */
    private static final double AT_CHANCE = 1.5;

    String sentence() {
        Measure leading = table.loss().leadingOnTest();
        Optional<Row> best =
                methods().stream().max(Comparator.comparingDouble(row -> leading.excess(0, worst(row, leading))));
        if (best.isEmpty()) {
            return "No path could be measured.";
        }
        int count = methods().size();
        return String.format(
                Locale.ROOT,
                "%s: its worst test %s along the curve is %s; the end points have %s.",
                count == 1
                        ? "One method was tried, " + best.get().method()
                        : "Of " + count + " methods " + best.get().method() + " stays "
                                + (leading.isLoss() ? "lowest" : "highest"),
                leading.isLoss() ? "loss" : "accuracy",
                figure(leading, worst(best.get(), leading)),
                figure(leading, worst(ends(), leading)));
    }

    private static String figure(Measure measure, double value) {
        return measure.text(value) + (measure.isLoss() ? "" : " %");
    }

    private List<Row> methods() {
        return table.rows().stream().filter(Row::isMethod).toList();
    }

    private Row ends() {
        return table.rows().get(table.rows().size() - 1);
    }

    private static double worst(Row row, Measure measure) {
        return row.curve().get(measure).mean();
    }

    /** Returns by how much the training accuracy falls below the end points, or the loss rises, anywhere on the path. */
    private double lost(Row row) {
        Measure leading = table.loss().leadingOnTrain();
        return leading.excess(row.path().get(leading).mean(), worst(ends(), leading));
    }

    private boolean isBad(Row row) {
        return lost(row) > (table.loss().hasAccuracy() ? BAD : worst(ends(), Measure.TRAIN_LOSS));
    }

    private String told(Row row, double lost) {
        return table.loss().hasAccuracy()
                ? String.format(Locale.ROOT, "%s loses %.1f", row.method(), 100 * lost)
                : String.format(Locale.ROOT, "%s adds %.4f", row.method(), lost);
    }

    /** Returns why methods came out bad, a sentence or two each. */
    List<String> reasons() {
        List<Row> bad = methods().stream().filter(this::isBad).toList();
        List<Row> untrained = bad.stream().filter(row -> !isTrained(row)).toList();
        List<Row> unmatched = untrained.stream().filter(row -> !matches(row)).toList();
        List<Row> matched = untrained.stream().filter(Answer::matches).toList();
        List<String> reasons = new ArrayList<>();
        bad.stream().filter(Answer::isTrained).map(this::badlyTrained).forEach(reasons::add);
        if (!unmatched.isEmpty()) {
            reasons.add(notAligned(unmatched));
        }
        if (!matched.isEmpty()) {
            reasons.add(tooNarrow(matched));
        }
        if (!bad.isEmpty() && isStale && hasBatchNorm()) {
            reasons.add("These networks have batch norm, and this run does not estimate its statistics anew along paths"
                    + " (--statistics): they are stale between the ends.");
        }
        return reasons;
    }

    private static boolean isTrained(Row row) {
        return row.training().isPresent();
    }

    /** A curve that came out bad was trained too fast, and fell to where all examples are of one class, or not long enough. */
    private String badlyTrained(Row row) {
        return losses(List.of(row))
                + (isAtChance(row)
                        ? ". Its training fell to chance; set a lower --curve-learning-rate."
                        : ". Likely reason: it was not trained long enough; more --curve-epochs, or a start such as ot:"
                                + row.method() + ", lead further.");
    }

    private boolean isAtChance(Row row) {
        return table.loss().hasAccuracy()
                && architecture
                        .map(layers -> row.path().get(Measure.TRAIN_ACCURACY).mean() < AT_CHANCE / layers.outputs())
                        .orElse(false);
    }

    private static boolean matches(Row row) {
        return row.method().startsWith("ot");
    }

    private String losses(List<Row> rows) {
        return rows.stream().map(row -> told(row, lost(row))).collect(Collectors.joining(", "))
                + (table.loss().hasAccuracy() ? " points of training accuracy" : " to the end points' training loss");
    }

    private String notAligned(List<Row> bad) {
        Optional<Row> aligned = methods().stream()
                .filter(Answer::matches)
                .min(Comparator.comparingDouble(this::lost))
                .filter(row -> bad.stream().allMatch(other -> lost(row) < lost(other)));
        String reason =
                losses(bad) + ". Likely reason: the networks are not aligned. Unit i of one is led to unit i of the"
                        + " other, though units of separately trained networks have no common order.";
        return aligned.map(row -> reason + " With units matched, " + told(row, Math.max(0, lost(row))) + ".")
                .orElse(reason + " Try ot+wa, which matches them.");
    }

    private String tooNarrow(List<Row> bad) {
        String width = architecture
                .map(Architecture::hiddenUnits)
                .filter(units -> !units.isEmpty())
                .map(units -> " ("
                        + units.stream().map(group -> "" + group.size()).collect(Collectors.joining(", ")) + " units)")
                .orElse("");
        return losses(bad) + " although units are matched. Likely reason: the hidden layers" + width
                + " are too narrow for their units to be samples of one distribution, or the two networks do not lie in one"
                + " basin even when re-listed; a wider network, +ca or a trained curve may do better.";
    }

    private boolean hasBatchNorm() {
        return architecture
                .map(a -> a.layers().stream().anyMatch(Layer.BatchNorm.class::isInstance))
                .orElse(false);
    }
}
