package org.thalweg.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Profile;
import org.thalweg.run.PathResult;

/**
 * One axis for paths of different legs: each leg's name has a stretch of its own, in the order in which paths run through them,
 * so that equal legs of all methods lie above each other. Curves are one wide, legs that only finish a path half, or a
 * tenth where there are many.
 *
 * <p>Where some method goes layer by layer, a curve that moves all layers at once runs over all their stretches.
 */
final class LegAxis {
    private static final double FINISHING = 0.5;
    private static final double CROWDED = 0.1;

    /** More legs than this get no names, which would run into each other, and those that only bring units home little room. */
    private static final int MOST_NAMED = 10;

    private static final Pattern TRANSITION = Pattern.compile("(\\d{1,6})\\.curve");
    private static final Pattern CURVE = Pattern.compile("(\\d{1,6}\\.)?curve");

    /** A stretch of the axis. */
    record Stretch(String leg, double from, double to) {}

    private final List<Stretch> stretches = new ArrayList<>();
    private final boolean layered;

    LegAxis(List<PathResult> results) {
        List<String> names = ordered(results);
        layered = names.stream().anyMatch(name -> TRANSITION.matcher(name).matches());
        if (layered) {
            names.remove("curve");
        }
        double at = 0;
        for (String name : names) {
            double to = at + width(name, names.size());
            stretches.add(new Stretch(name, at, to));
            at = to;
        }
    }

    private static double width(String name, int legs) {
        if (CURVE.matcher(name).matches()) {
            return 1;
        }
        return legs > MOST_NAMED && Profile.isHomeward(name) ? CROWDED : FINISHING;
    }

    boolean isCrowded() {
        return stretches.size() > MOST_NAMED;
    }

    /** Returns the legs' names so that each path runs through its own from left to right, the earliest seen first where all do. */
    private static List<String> ordered(List<PathResult> results) {
        Map<String, Set<String>> before = new LinkedHashMap<>();
        for (PathResult result : results) {
            Optional<String> last = Optional.empty();
            for (LegProfile leg : result.profile().legs()) {
                Set<String> own = before.computeIfAbsent(leg.name(), name -> new LinkedHashSet<>());
                last.ifPresent(own::add);
                last = Optional.of(leg.name());
            }
        }
        List<String> names = new ArrayList<>();
        while (!before.isEmpty()) {
            String next = before.keySet().stream()
                    .filter(name -> names.containsAll(before.getOrDefault(name, Set.of())))
                    .findFirst()
                    .orElse(before.keySet().iterator().next()); // two paths run through their legs in opposite orders
            before.remove(next);
            names.add(next);
        }
        return names;
    }

    private static Optional<Integer> number(String leg) {
        Matcher matcher = TRANSITION.matcher(leg);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    List<Stretch> stretches() {
        return List.copyOf(stretches);
    }

    double end() {
        return stretches.get(stretches.size() - 1).to();
    }

    /** Returns whether all paths have one and the same leg. */
    boolean isSingle() {
        return stretches.size() == 1;
    }

    /** Returns where a leg's own position s lies. */
    double x(String leg, double s) {
        Stretch stretch = stretch(leg);
        return stretch.from() + s * (stretch.to() - stretch.from());
    }

    private Stretch stretch(String leg) {
        return stretches.stream()
                .filter(stretch -> stretch.leg().equals(leg))
                .findFirst()
                .orElseGet(
                        () -> { // all layers at once
                            List<Stretch> numbered = stretches.stream()
                                    .filter(stretch -> number(stretch.leg()).isPresent())
                                    .toList();
                            return new Stretch(
                                    leg,
                                    numbered.get(0).from(),
                                    numbered.get(numbered.size() - 1).to());
                        });
    }

    /** A point between two transitions of a deep path. */
    record Theta(String name, double x) {}

    /** Returns the networks Θ_k between the transitions: layers below k are B's, layers above k are A's. */
    List<Theta> thetas() {
        List<Theta> thetas = new ArrayList<>();
        for (int i = 0; i < stretches.size(); i++) {
            double x = stretches.get(i).to();
            boolean isOnTheWay = stretches.subList(i + 1, stretches.size()).stream()
                    .anyMatch(later -> !Profile.isHomeward(later.leg()));
            if (isOnTheWay) {
                number(stretches.get(i).leg())
                        .ifPresent(transition -> thetas.add(new Theta("Θ" + subscript(transition + 1), x)));
            }
        }
        return thetas;
    }

    private static String subscript(int number) {
        StringBuilder text = new StringBuilder();
        Integer.toString(number).chars().forEach(digit -> text.append((char) ('₀' + digit - '0')));
        return text.toString();
    }
}
