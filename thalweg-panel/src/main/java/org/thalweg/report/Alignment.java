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
    /** Matching mends a path if it leaves at most so much of its loss. */
    private static final double MENDED = 0.5;

    private static final String REASON =
            ". Likely reason: the networks are not aligned. Unit i of one is led to unit i of the"
                    + " other, though units of separately trained networks have no common order.";

    private enum Matching {
        UNTRIED,
        MENDS,
        MENDS_MORE,
        MENDS_CURVE,
        MENDS_NOTHING
    }

    /** Returns a reason for each way in which matching units changes these paths. */
    List<String> reasons(List<Row> bad) {
        Map<Matching, List<Row>> cases = new EnumMap<>(Matching.class);
        bad.forEach(row ->
                cases.computeIfAbsent(matching(row), key -> new ArrayList<>()).add(row));
        return cases.entrySet().stream()
                .map(entry -> losses.told(entry.getValue()) + evidence(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Matching matching(Row row) {
        Optional<Row> other = matched(row);
        if (other.isEmpty()) {
            return Matching.UNTRIED;
        }
        if (losses.onPath(other.get()) <= MENDED * losses.onPath(row)) {
            return isLike(row, other.get()) ? Matching.MENDS : Matching.MENDS_MORE;
        }
        return losses.onCurve(other.get()) <= MENDED * losses.onCurve(row)
                ? Matching.MENDS_CURVE
                : Matching.MENDS_NOTHING;
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
        return switch (matching) {
            case UNTRIED -> REASON + " Try ot+wa, which matches them.";
            case MENDS -> REASON + " With units matched, " + losses.toldShort(others) + ".";
            case MENDS_MORE ->
                REASON + " Of the methods tried that match them the best is near: " + losses.toldShort(others) + ".";
            case MENDS_CURVE -> REASON + " Matching them mends the curve only: " + losses.toldShort(others) + ".";
            case MENDS_NOTHING -> ". Matching their units mends little or nothing: " + losses.toldShort(others) + ".";
        };
    }
}
