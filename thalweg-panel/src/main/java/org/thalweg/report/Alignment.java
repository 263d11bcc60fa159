package org.thalweg.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.panel.Table.Row;

/**
 * Why paths came out bad whose units are not matched, read off what matching them does: of {@code linear+wa} that is told by
 * {@code ot+wa}, which differs in nothing else; where that was not run, by the matched method that loses least.
 *
 * @param losses what paths lose
 * @param methods all that train nothing
 */
record Alignment(Losses losses, List<Row> methods) {
    /** A path whose loss is halved by matching came out bad for want of it. */
    private static final double MENDED = 0.5;

    private static final String REASON = ". Likely reason: the networks are not aligned.";
    private static final String EXPLANATION =
            " Unit i of one is led to unit i of the other, though units of separately trained"
                    + " networks have no common order.";

    private enum Matching {
        UNTRIED,
        MENDS,
        MENDS_WITH_MORE,
        MENDS_CURVE,
        MENDS_PARTLY,
        MENDS_NOTHING
    }

    /** Returns a reason for each way in which matching units changes these paths. */
    List<String> reasons(List<Row> bad) {
        Map<Matching, List<Row>> cases = new EnumMap<>(Matching.class);
        bad.forEach(row ->
                cases.computeIfAbsent(matching(row), key -> new ArrayList<>()).add(row));
        List<String> reasons = new ArrayList<>();
        cases.forEach((matching, rows) -> reasons.add(losses.told(rows) + evidence(matching, rows)));
        for (int i = 0; i < reasons.size(); i++) {
            if (reasons.get(i).contains(REASON)) { // explained once
                reasons.set(i, reasons.get(i).replace(REASON, REASON + EXPLANATION));
                break;
            }
        }
        return reasons;
    }

    private Matching matching(Row row) {
        Optional<Row> other = matched(row);
        if (other.isEmpty()) {
            return Matching.UNTRIED;
        }
        double left = losses.onPath(other.get());
        if (left <= MENDED * losses.onPath(row)) {
            return isLike(row, other.get()) ? Matching.MENDS : Matching.MENDS_WITH_MORE;
        }
        if (losses.onCurve(other.get()) <= MENDED * losses.onCurve(row)) {
            return Matching.MENDS_CURVE;
        }
        return left < losses.onPath(row) ? Matching.MENDS_PARTLY : Matching.MENDS_NOTHING;
    }

    private static boolean isLike(Row row, Row matched) {
        return matched.method().equals(MethodLabel.of(row.method()).matched());
    }

    private Optional<Row> matched(Row row) {
        String run = MethodLabel.of(row.method()).run();
        List<Row> matched = methods.stream()
                .filter(other -> MethodLabel.of(other.method()).matches())
                .filter(other -> MethodLabel.of(other.method()).run().equals(run))
                .toList();
        return matched.stream()
                .filter(other -> isLike(row, other))
                .findFirst()
                .or(() -> matched.stream().min(Comparator.comparingDouble(losses::onPath)));
    }

    private String evidence(Matching matching, List<Row> rows) {
        List<Row> others =
                rows.stream().flatMap(row -> matched(row).stream()).distinct().toList();
        String told = others.isEmpty() ? "" : losses.toldShort(others) + ".";
        return switch (matching) {
            case UNTRIED -> REASON + " Try ot+wa, which matches them.";
            case MENDS -> REASON + " With units matched, " + told;
            case MENDS_WITH_MORE -> REASON + " The best method tried that matches them does better: " + told;
            case MENDS_CURVE -> REASON + " Matching them mends the curve only: " + told;
            case MENDS_PARTLY -> ". Matching their units mends a part of that: " + told;
            case MENDS_NOTHING -> ". Matching their units mends nothing: " + told;
        };
    }
}
