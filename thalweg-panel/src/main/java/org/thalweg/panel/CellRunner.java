package org.thalweg.panel;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Decides where the cells of a panel are computed; what is computed is the affair of {@link CellWork}. */
public interface CellRunner {
    /**
     * Computes cells, and returns when the last is over.
     *
     * @param cells those that are not finished, in the order in which to begin them
     * @param outcomes is told of each cell once, as soon as it is over, perhaps from several threads at a time
     * @throws IOException if a file cannot be read or written, which ends the run
     */
    void run(List<Cell> cells, Consumer<CellOutcome> outcomes) throws IOException;
}
