package org.thalweg.spark;

import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.thalweg.panel.Cell;
import org.thalweg.panel.CellOutcome;
import org.thalweg.run.Seconds;

/**
 * What an executor sends back of a cell: no figures, which are in the run's folder.
 *
 * @param isTimed whether it was computed now; otherwise another attempt had finished it
 * @param connect seconds of connecting
 * @param evaluate seconds of measuring
 * @param failure why it failed, or null
 */
record CellAnswer(
        boolean isTimed,
        double connect,
        double evaluate,
        @Nullable String failure) implements Serializable {
    private static final long serialVersionUID = 1L;

    static CellAnswer of(CellOutcome outcome) {
        Seconds seconds = outcome.seconds().orElse(new Seconds(0, 0));
        return new CellAnswer(
                outcome.seconds().isPresent(),
                seconds.connect(),
                seconds.evaluate(),
                outcome.failure().orElse(null));
    }

    CellOutcome outcome(Cell cell) {
        return new CellOutcome(
                cell,
                isTimed ? Optional.of(new Seconds(connect, evaluate)) : Optional.empty(),
                Optional.ofNullable(failure));
    }
}
