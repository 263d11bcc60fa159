package org.thalweg.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.thalweg.network.Architecture;
import org.thalweg.network.Layer;
import org.thalweg.panel.Table;
import org.thalweg.panel.Table.Row;
import org.thalweg.result.Measure;
import org.thalweg.result.Profile;
import org.thalweg.run.PathResult;

/**
 * The likely reasons where paths came out bad ({@link Losses}) anywhere between the two networks. What is advised is nothing that
 * was run.
 *
 * @param table the table
 * @param results the paths that it is of
 * @param architecture the networks', where it is known
 * @param isStale whether statistics of batch norm are not estimated anew along paths
 */
record Reasons(Table table, List<PathResult> results, Optional<Architecture> architecture, boolean isStale) {
    /** An accuracy of less than so many times chance is called chance: classes are not of one size. */
    private static final double AT_CHANCE = 1.5;

    /** Returns why methods came out bad, a sentence or two each. */
    List<String> sentences() {
        List<Row> bad = methods(row -> losses().isBad(losses().onPath(row)));
        List<Row> matched = only(bad, row -> !isTrained(row) && matches(row));
        List<String> reasons = new ArrayList<>();
        only(bad, Reasons::isTrained).forEach(row -> reasons.add(badlyTrained(row)));
        reasons.addAll(new Alignment(losses(), methods(row -> !isTrained(row)))
                .reasons(only(bad, row -> !isTrained(row) && !matches(row))));
        add(reasons, only(matched, row -> !isLostBehindTheCurve(row)), this::tooNarrow);
        add(reasons, only(matched, this::isLostBehindTheCurve), this::lostBehindTheCurve);
        if (!bad.isEmpty() && isStale && hasBatchNorm()) {
            reasons.add("These networks have batch norm, and this run does not estimate its statistics anew along paths"
                    + " (--statistics): they are stale between the ends.");
        }
        return reasons;
    }

    private Losses losses() {
        return new Losses(table);
    }

    private List<Row> methods(Predicate<Row> which) {
        return only(table.rows(), row -> row.isMethod() && which.test(row));
    }

    private static List<Row> only(List<Row> rows, Predicate<Row> which) {
        return rows.stream().filter(which).toList();
    }

    private static void add(List<String> reasons, List<Row> rows, Function<List<Row>, String> reason) {
        if (!rows.isEmpty()) {
            reasons.add(reason.apply(rows));
        }
    }

    private static boolean isTrained(Row row) {
        return row.training().isPresent();
    }

    private static boolean matches(Row row) {
        return MethodLabel.of(row.method()).matches();
    }

    private boolean wasRun(Predicate<String> method) {
        return !methods(row -> method.test(MethodLabel.of(row.method()).method()))
                .isEmpty();
    }

    /** A curve that came out bad was trained too fast, and fell to where all examples are of one class, or not long enough. */
    private String badlyTrained(Row row) {
        return losses().told(List.of(row))
                + (isAtChance(row)
                        ? ". Its training fell to chance; set a lower --curve-learning-rate."
                        : ". Likely reason: it was not trained long enough; more --curve-epochs" + orStart(row));
    }

    private String orStart(Row row) {
        String method = MethodLabel.of(row.method()).method();
        String start = "ot:" + method;
        return method.contains(":") || wasRun(start::equals)
                ? " lead further."
                : ", or a start such as " + start + ", lead further.";
    }

    private boolean isAtChance(Row row) {
        return table.loss().hasAccuracy()
                && architecture
                        .map(layers -> row.path().get(Measure.TRAIN_ACCURACY).mean() < AT_CHANCE / layers.outputs())
                        .orElse(false);
    }

    private String tooNarrow(List<Row> bad) {
        return losses().told(bad) + ", although units are matched. Likely reason: the hidden layers" + width()
                + " are too narrow for their units to be samples of one distribution, or the two networks do not lie in one"
                + " basin even when re-listed; " + advice() + " may do better.";
    }

    private String width() {
        return architecture
                .map(Architecture::hiddenUnits)
                .filter(units -> !units.isEmpty())
                .map(units -> " ("
                        + units.stream().map(group -> "" + group.size()).collect(Collectors.joining(", ")) + " units)")
                .orElse("");
    }

    private String advice() {
        List<String> untried = new ArrayList<>(List.of("a wider network"));
        if (!wasRun(method -> method.endsWith("+ca"))) {
            untried.add("+ca");
        }
        if (methods(Reasons::isTrained).isEmpty()) {
            untried.add("a trained curve");
        }
        return Answer.listed(untried, "or");
    }

    /** Returns whether the own curve is good, and the path bad on legs that only bring units home, on every pair on which it is. */
    private boolean isLostBehindTheCurve(Row row) {
        Measure leading = table.loss().leadingOnTrain();
        return !losses().isBad(losses().onCurve(row))
                && results.stream()
                        .filter(result -> result.method().equals(row.method()))
                        .map(result -> result.profile().worst().get(leading))
                        .filter(worst -> losses().isBad(losses().lost(worst.value())))
                        .allMatch(worst -> Profile.isHomeward(worst.leg()));
    }

    private String lostBehindTheCurve(List<Row> bad) {
        return losses().told(bad) + ": the curve stays good, and the re-ordering behind it, which swaps units back into"
                + " their own order, does not. Likely reason: the hidden layers" + width()
                + " are so narrow that each swap moves much of a layer. In a wider network a swap moves less.";
    }

    private boolean hasBatchNorm() {
        return architecture
                .map(a -> a.layers().stream().anyMatch(Layer.BatchNorm.class::isInstance))
                .orElse(false);
    }
}
