package org.thalweg.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.thalweg.network.Provenance;
import org.thalweg.run.Numbers;

/**
 * How the training of a network went; its file keeps it.
 *
 * @param losses mean training loss of each epoch, as the steps saw it, from the first
 */
public record LearningCurve(List<Double> losses) {
    /** Name of the fact in a network's file. */
    static final String FACT = "training.losses";

    public LearningCurve {
        losses = List.copyOf(losses);
    }

    /** Returns the losses as text, the shortest that reads back to the same bits. */
    String text() {
        return losses.stream().map(Numbers::text).collect(Collectors.joining(" "));
    }

    /** Returns the curve that a network's file tells, if it tells one. */
    static Optional<LearningCurve> of(Provenance provenance) {
        return provenance.fact(FACT).flatMap(LearningCurve::parse);
    }

    private static Optional<LearningCurve> parse(String text) {
        List<Double> losses = new ArrayList<>();
        for (String loss : text.split(" ", -1)) {
            try {
                double value = Double.parseDouble(loss);
                if (!Double.isFinite(value)) {
                    return Optional.empty();
                }
                losses.add(value);
            } catch (NumberFormatException e) {
                return Optional.empty(); // another program's fact of this name
            }
        }
        return Optional.of(new LearningCurve(losses));
    }
}
