package org.thalweg.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.engine.Work;

/**
 * Says from sizes alone which methods can join networks and about what that takes. Touches no weights and no native code.
 *
 * @param sizes what is to be joined
 */
public record MethodCheck(Sizes sizes) {
    /** What {@link #answers} looks at. */
    static final List<String> METHODS = List.of(
            "linear",
            "arc",
            "ot",
            "linear+butterfly",
            "arc+butterfly",
            "ot+butterfly",
            "linear+wa",
            "arc+wa",
            "ot+wa",
            "linear+ca",
            "arc+ca",
            "ot+ca",
            "ot+wa+ca",
            "garipov-3",
            "bezier-3",
            "ot:garipov-3");

    private static final int MOST_MATCHED = 46_340; // units, CostMatrix

    /**
     * What was found of one method.
     *
     * @param method its name
     * @param obstacle why it cannot join such networks; empty if it can
     * @param work what it takes, about
     * @param bytes memory that it takes at once, about: A, B, what is between, and the work's own
     */
    public record Answer(String method, Optional<String> obstacle, Work work, long bytes) {}

    /** Returns an answer per method, from simple to elaborate. */
    public List<Answer> answers() {
        List<Answer> answers = new ArrayList<>();
        for (String method : METHODS) {
            Optional<String> obstacle = obstacle(method);
            Work work = obstacle.isPresent()
                    ? Work.NOTHING
                    : Methods.named(method).cost(sizes).orElse(Work.NOTHING);
            answers.add(new Answer(method, obstacle, work, 3 * sizes.networkBytes() + (long) work.bytes()));
        }
        return answers;
    }

    private Optional<String> obstacle(String method) {
        List<Transition> transitions = Transition.of(sizes.a());
        boolean layered = method.contains("+wa") || method.endsWith("+butterfly");
        if (transitions.isEmpty() && (layered || method.startsWith("ot"))) {
            return Optional.of("there is no hidden layer");
        }
        if (!Methods.joinsOtherWidths(method)) {
            return sizes.a().differsInWidthsOnly(sizes.b())
                    ? Optional.of("the widths differ; only transport (ot) joins such")
                    : Optional.empty();
        }
        for (Transition transition : transitions) {
            if (!transition.isInterchangeable()) {
                return Optional.of("a group norm ties the units of layer "
                        + transition.layer().name());
            }
            int units = Math.max(
                    transition.size(),
                    sizes.b().hiddenUnits().get(transition.number() - 1).size());
            if (units > MOST_MATCHED) {
                return Optional.of("layer " + transition.layer().name() + " has " + units + " units; at most "
                        + MOST_MATCHED + " can be matched");
            }
        }
        return Optional.empty();
    }
}
