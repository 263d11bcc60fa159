package org.thalweg.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.result.LegProfile;
import org.thalweg.result.Loss;
import org.thalweg.result.MapUse;
import org.thalweg.result.Measure;
import org.thalweg.result.Measures;
import org.thalweg.result.OutputRefits;
import org.thalweg.result.Profile;
import org.thalweg.result.Worst;
import org.thalweg.result.WorstMeasures;
import org.thalweg.run.Numbers;
import org.thalweg.run.PathResult;
import org.thalweg.run.ResultJson;
import org.thalweg.run.Seconds;

/** How a measured path is printed. */
enum ResultFormat {
    TABLE,
    CSV,
    JSON;

    String print(PathResult result, Seconds seconds) {
        return switch (this) {
            case TABLE -> table(result, seconds);
            case CSV -> ResultJson.csv(result);
            case JSON -> Numbers.pretty(ResultJson.write(result, Optional.of(seconds)));
        };
    }

    private static String table(PathResult result, Seconds seconds) {
        Profile profile = result.profile();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s from %s to %s on %s (%d training, %d test examples)%n%n",
                result.method(),
                result.a(),
                result.b(),
                result.data().name(),
                result.data().trainExamples(),
                result.data().testExamples()));
        text.append(heads(profile.loss()));
        text.append(row("start", profile.start()));
        text.append(row("end", profile.end()));
        profile.endOf("refit-a").ifPresent(refit -> text.append(row("start refitted", refit)));
        profile.startOf("refit-b").ifPresent(refit -> text.append(row("end refitted", refit)));
        for (LegProfile leg : profile.legs()) {
            text.append(row("worst on " + leg.name(), leg.worst()));
        }
        text.append(row("worst", profile.worst()));
        text.append(row(
                "  at t",
                cells(
                        profile.loss(),
                        m -> String.format(
                                Locale.ROOT, "%.4f", profile.worst().get(m).t()))));
        profile.recheck().ifPresent(again -> text.append(row("  there, on all data", again.worst())));
        text.append(row("barrier (worse end)", profile.barriers().worseEnd()));
        text.append(row("barrier (mean)", profile.barriers().mean()));
        text.append(row("barrier (interpolated)", profile.barriers().interpolated()));
        text.append(String.format(
                Locale.ROOT,
                "%n%sLength %.2f, %.2f times the distance of the ends.%n",
                hasExact(profile) ? "* exact: no point of the leg is worse. " : "",
                profile.length().value(),
                profile.length().ratio()));
        profile.recheck()
                .ifPresent(again -> text.append(String.format(
                        Locale.ROOT,
                        "All data: %d training, %d test examples.%n",
                        again.trainExamples(),
                        again.testExamples())));
        profile.statistics()
                .ifPresent(policy -> text.append("Statistics of batch norms between the ends: ")
                        .append(policy)
                        .append(String.format(Locale.ROOT, ".%n")));
        if (profile.isLayered()) {
            text.append(waypoints(profile));
        }
        result.assignment()
                .ifPresent(quality -> text.append(String.format(
                        Locale.ROOT,
                        "Assignment cost %.4f, duality gap %.1e.%n",
                        quality.cost(),
                        quality.dualityGap())));
        result.training()
                .ifPresent(cost -> text.append(
                        String.format(Locale.ROOT, "Trained for %d epochs, %d steps.%n", cost.epochs(), cost.steps())));
        result.refits().ifPresent(refits -> text.append(sentence(refits, profile.loss())));
        result.map().ifPresent(map -> text.append(sentence(map)));
        if (seconds.connect() > 0) { // a saved path was connected earlier
            text.append(String.format(Locale.ROOT, "%.1f s to connect, ", seconds.connect()));
        }
        text.append(String.format(Locale.ROOT, "%.1f s to evaluate.%n", seconds.evaluate()));
        return text.toString();
    }

    private static boolean hasExact(Profile profile) {
        return profile.legs().stream()
                .anyMatch(leg -> profile.loss().measures().stream()
                        .anyMatch(measure -> leg.worst().get(measure).exact()));
    }

    private static String waypoints(Profile profile) {
        String places = profile.waypoints().stream()
                .map(point -> String.format(Locale.ROOT, "%s at t %.4f", point.name(), point.t()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%d legs; %s.%n", profile.legs().size(), places);
    }

    private static String sentence(MapUse map) {
        String model = "By the learned map "
                + map.model().substring(0, Math.min(12, map.model().length()));
        List<String> seen = new ArrayList<>();
        if (!map.trainedOn().isEmpty()) {
            seen.add("was trained on " + ends(map.trainedOn()));
        }
        if (!map.chosenOn().isEmpty()) {
            seen.add("was chosen on " + ends(map.chosenOn()));
        }
        return model + ", which " + (seen.isEmpty() ? "has seen neither end" : String.join(" and ", seen)) + "."
                + System.lineSeparator();
    }

    private static String ends(List<String> ends) {
        return ends.size() > 1 ? "both ends" : ends.get(0).equals("a") ? "the start" : "the end";
    }

    private static String sentence(OutputRefits refits, Loss loss) {
        boolean accuracy = loss.hasAccuracy();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "Refits to the training %s, lambda %s, each within %.1e of its optimum.%n",
                accuracy ? "labels" : "targets",
                Numbers.text(refits.lambda()),
                refits.certificate()));
        for (OutputRefits.Leg leg : refits.legs()) {
            text.append(String.format(
                    Locale.ROOT,
                    "On %s knots at %s; %s.%n",
                    leg.name(),
                    numbers(leg.knots()),
                    leg.above().isEmpty()
                            ? "at three places between any two of them training loss "
                                    + (accuracy ? "and accuracy are" : "is") + " no worse than the worse end"
                            : "the budget is spent, and the path is still worse than the worse end at "
                                    + numbers(leg.above())));
        }
        return text.toString();
    }

    private static String numbers(List<Double> numbers) {
        return numbers.stream().map(Numbers::text).collect(Collectors.joining(", "));
    }

    private interface Cell {
        String of(Measure measure);
    }

    private static String[] cells(Loss loss, Cell cell) {
        return loss.measures().stream().map(cell::of).toArray(String[]::new);
    }

    /** Returns the line of the columns' heads. */
    static String heads(Loss loss) {
        return row("", cells(loss, measure -> measure.split() + (measure.isLoss() ? " loss" : " acc %")));
    }

    static String row(String name, Measures measures) {
        return row(name, cells(measures.loss(), m -> m.text(measures.get(m))));
    }

    private static String row(String name, WorstMeasures worst) {
        return row(name, cells(worst.loss(), m -> {
            Worst w = worst.get(m);
            return m.text(w.value()) + (w.exact() ? "*" : "");
        }));
    }

    static String row(String name, String... cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-22s", name));
        for (String cell : cells) {
            line.append(String.format(Locale.ROOT, "  %11s", cell));
        }
        return line.append(System.lineSeparator()).toString();
    }
}
