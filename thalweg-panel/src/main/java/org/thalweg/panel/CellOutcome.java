package org.thalweg.panel;

import java.util.Optional;
import org.thalweg.run.Seconds;

/**
 * How a cell went.
 *
 * @param cell the cell
 * @param seconds what it took; empty if it failed, or if another had finished it before
 * @param failure why it failed, if it did; otherwise its file is in the run's folder
 */
public record CellOutcome(Cell cell, Optional<Seconds> seconds, Optional<String> failure) {
    /** Returns that a cell is finished. */
    public static CellOutcome finished(Cell cell, Optional<Seconds> seconds) {
        return new CellOutcome(cell, seconds, Optional.empty());
    }

    /** Returns that a cell failed, and will whenever it is run. */
    public static CellOutcome failed(Cell cell, String reason) {
        return new CellOutcome(cell, Optional.empty(), Optional.of(reason));
    }
}
